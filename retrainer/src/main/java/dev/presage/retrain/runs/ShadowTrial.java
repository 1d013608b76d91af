package dev.presage.retrain.runs;

import dev.presage.features.FeatureEngine;
import dev.presage.model.LoadedModel;
import dev.presage.retrain.evaluation.Evaluation;
import dev.presage.retrain.evaluation.Resamples;
import dev.presage.retrain.history.History;
import dev.presage.retrain.history.HistoryVisitor;
import dev.presage.retrain.rows.RowCollector;
import dev.presage.retrain.rows.RowKind;
import dev.presage.retrain.rows.RowPlan;
import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.traits.Trait;
import dev.presage.schemas.avro.ProfileLogRecord;
import java.util.stream.IntStream;

/**
 * What a shadow foretold since it was trained, and what came of it. The log is folded as the stream
 * folds it, so that the vectors are those that the stream scored, bit for bit; the stream itself
 * keeps no examples of what shadows say.
 */
public final class ShadowTrial {
  private final FeatureEngine engine;
  private final History history;
  private final RowPlan plan;

  /** Tries shadows on what is on a history. */
  public ShadowTrial(FeatureEngine engine, History history, RowPlan plan) {
    this.engine = engine;
    this.history = history;
    this.plan = plan;
  }

  /**
   * Evaluates a shadow at event moments, with resamples by profile.
   *
   * @param after newest event that it was trained on, milliseconds since the epoch; only rows of
   *     later moments count
   * @throws dev.presage.retrain.history.HistoryException when the history cannot be read
   */
  public Evaluation evaluate(Trait trait, LoadedModel shadow, long after) {
    RowCollector collector = new RowCollector(engine, trait, plan);
    history.replay(
        new HistoryVisitor() {
          @Override
          public void record(String profileId, ProfileLogRecord entry) {
            collector.apply(profileId, entry);
          }

          @Override
          public void endPartition() {
            collector.endPartition();
          }

          @Override
          public void progress(long read, long all) {
            // Nobody waits for it.
          }
        });
    Rows all = collector.finish().rows();
    Rows rows = all.where(row -> all.kind(row) == RowKind.MOMENT && all.asOf(row) > after);
    double[] scores =
        IntStream.range(0, rows.size())
            .mapToDouble(row -> shadow.predictor().predict(rows.vector(row)))
            .toArray();
    long[] profiles = IntStream.range(0, rows.size()).mapToLong(rows::profile).toArray();
    return Prediction.of(trait)
        .evaluate(scores, rows, Resamples.ofProfiles(profiles, Resamples.STANDARD, Resamples.SEED));
  }
}
