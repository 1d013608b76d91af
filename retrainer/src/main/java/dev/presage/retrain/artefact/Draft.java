package dev.presage.retrain.artefact;

import dev.presage.model.LoadedModel;
import dev.presage.retrain.baseline.SingleFeature;
import dev.presage.retrain.candidates.SplitFigures;
import dev.presage.retrain.rows.Rows;
import dev.presage.schemas.avro.Baseline;
import dev.presage.schemas.avro.ModelArtefact;
import java.util.Map;
import java.util.stream.IntStream;

/** A model that can be served but was not judged yet. */
public final class Draft {
  private final ArtefactAssembly assembly;
  private final ModelArtefact artefact;
  private final LoadedModel model;
  private final SplitFigures splits;

  Draft(ArtefactAssembly assembly, ModelArtefact artefact, LoadedModel model, SplitFigures splits) {
    this.assembly = assembly;
    this.artefact = artefact;
    this.model = model;
    this.splits = splits;
  }

  /** The prediction of each row, bit for bit what would be served. */
  public double[] predict(Rows rows) {
    return IntStream.range(0, rows.size())
        .mapToDouble(row -> model.predictor().predict(rows.vector(row)))
        .toArray();
  }

  /**
   * The artefact of the model once it may go live.
   *
   * @param baseline what it had to beat
   * @param train rows that the model was trained on
   * @param heldOut rows at event moments on which the importance of features is measured, and the
   *     distribution of scores
   * @param metrics figures of its evaluation
   * @param isServedWhereItIsLearned whether it goes with its population, to be compared with what
   *     it serves
   */
  public ModelArtefact live(
      SingleFeature baseline,
      Rows train,
      Rows heldOut,
      Map<String, Double> metrics,
      boolean isServedWhereItIsLearned) {
    ModelArtefact described =
        ModelArtefact.newBuilder(artefact)
            .setBaseline(
                new Baseline(
                    baseline.name(), baseline.intercept(), baseline.slope(), baseline.missing()))
            .setMetrics(metrics)
            .setApprovedBy("gate")
            .setImportance(Importance.of(splits, model, heldOut))
            .setPopulation(
                isServedWhereItIsLearned
                    ? PopulationShares.of(model.predictor(), train, heldOut)
                    : null)
            .build();
    var unused = assembly.load(described);
    return described;
  }
}
