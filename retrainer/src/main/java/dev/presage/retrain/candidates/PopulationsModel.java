package dev.presage.retrain.candidates;

import dev.presage.retrain.rows.Rows;
import dev.presage.schemas.avro.ModelKind;
import java.nio.charset.StandardCharsets;

/** Two models, of which a feature tells which one a profile is for. */
final class PopulationsModel implements TrainedModel {
  private final TargetBefore before;
  private final TrainedModel done;
  private final TrainedModel others;

  PopulationsModel(TargetBefore before, TrainedModel done, TrainedModel others) {
    this.before = before;
    this.done = done;
    this.others = others;
  }

  @Override
  public ModelKind kind() {
    return ModelKind.COMPOSITE;
  }

  @Override
  public byte[] payload() {
    return document().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String document() {
    return """
        {"kind":"composite","format":1,"combine":"populations","when":%s,"then":%s,"otherwise":%s}"""
        .formatted(before.document(), done.document(), others.document());
  }

  @Override
  public double[] margins(Rows rows) {
    return TwoPopulationsCandidate.merged(
        rows, before, done.margins(ofDone(rows)), others.margins(ofOthers(rows)));
  }

  @Override
  public double[] predictions(Rows rows) {
    return TwoPopulationsCandidate.merged(
        rows, before, done.predictions(ofDone(rows)), others.predictions(ofOthers(rows)));
  }

  private Rows ofDone(Rows rows) {
    return rows.where(row -> before.holds(rows, row));
  }

  private Rows ofOthers(Rows rows) {
    return rows.where(row -> !before.holds(rows, row));
  }

  @Override
  public void close() {
    done.close();
    others.close();
  }
}
