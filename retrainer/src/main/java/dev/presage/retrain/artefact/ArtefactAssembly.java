package dev.presage.retrain.artefact;

import dev.presage.features.FeatureSchema;
import dev.presage.model.LoadedModel;
import dev.presage.model.ModelArtefacts;
import dev.presage.model.ModelLimits;
import dev.presage.model.ModelLoader;
import dev.presage.model.ModelRefusedException;
import dev.presage.retrain.calibration.Curve;
import dev.presage.retrain.candidates.TrainedModel;
import dev.presage.retrain.rows.Rows;
import dev.presage.schemas.avro.GoldenRow;
import dev.presage.schemas.avro.Lineage;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts a model together with what others need to trust it, and checks it as they will. */
public final class ArtefactAssembly {
  private final FeatureSchema schema;
  private final ModelLoader loader = new ModelLoader(ModelLimits.DEFAULTS);

  /** Assembles models of one feature schema. */
  public ArtefactAssembly(FeatureSchema schema) {
    this.schema = schema;
  }

  /**
   * A model as those who serve it will have it, checked by the loader that they use, but not judged
   * yet.
   *
   * @param calibration makes probabilities of its margins; none: its predictions are left alone
   * @param showcase rows among which the golden rows are picked
   * @param newestEventMillis newest event of the history, a part of the version
   * @throws IllegalStateException when the loader refuses it: what was trained and what would be
   *     served differ
   */
  public Draft draft(
      String trait,
      TrainedModel trained,
      Optional<Curve> calibration,
      Rows showcase,
      Lineage lineage,
      long newestEventMillis) {
    ModelArtefact.Builder builder =
        ModelArtefacts.newBuilder(trained.kind(), trained.payload())
            .setCalibration(calibration.map(Curve::toAvro).orElse(null));
    ModelArtefact artefact =
        builder
            .setTrait(trait)
            .setVersion(
                ModelVersion.of(newestEventMillis, builder.getChecksum(), builder.getCalibration()))
            .setStage(ModelStage.LIVE)
            .setFeatureSchema(
                new dev.presage.schemas.avro.FeatureSchema(schema.fingerprint(), schema.names()))
            .setGoldenRows(goldenRows(trained, calibration, showcase))
            .setLineage(lineage)
            .build();
    return new Draft(this, artefact, load(artefact), trained.splits());
  }

  LoadedModel load(ModelArtefact artefact) {
    try {
      return loader.load(artefact, schema.fingerprint());
    } catch (ModelRefusedException e) {
      throw new IllegalStateException(
          "The model that was trained fails its own checks: %s: %s"
              .formatted(e.code(), e.getMessage()),
          e);
    }
  }

  private static List<GoldenRow> goldenRows(
      TrainedModel trained, Optional<Curve> calibration, Rows showcase) {
    Rows picked = GoldenRowChoice.pick(showcase, trained.margins(showcase));
    double[] margins = trained.margins(picked);
    double[] predictions =
        calibration.map(it -> it.at(margins)).orElseGet(() -> trained.predictions(picked));
    List<GoldenRow> golden = new ArrayList<>();
    for (int row = 0; row < picked.size(); row++) {
      golden.add(ModelArtefacts.goldenRow(picked.vector(row), margins[row], predictions[row]));
    }
    return golden;
  }
}
