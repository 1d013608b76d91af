package dev.presage.retrain.artefact;

import dev.presage.features.FeatureSchema;
import dev.presage.model.LoadedModel;
import dev.presage.model.ModelArtefacts;
import dev.presage.model.ModelLimits;
import dev.presage.model.ModelLoader;
import dev.presage.model.ModelRefusedException;
import dev.presage.retrain.baseline.SingleFeature;
import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.training.BoostedTrees;
import dev.presage.schemas.avro.Baseline;
import dev.presage.schemas.avro.GoldenRow;
import dev.presage.schemas.avro.Lineage;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import dev.presage.schemas.avro.ModelStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts a model together with what others need to trust it, and checks it as they will. */
public final class ArtefactAssembly {
  private final FeatureSchema schema;
  private final ModelLoader loader = new ModelLoader(ModelLimits.DEFAULTS);

  /** Assembles models of one feature schema. */
  public ArtefactAssembly(FeatureSchema schema) {
    this.schema = schema;
  }

  /**
   * The artefact of a model that may go live, checked by the loader that those who serve it use.
   *
   * @param train rows that the model was trained on
   * @param showcase rows among which the golden rows are picked
   * @param heldOut rows at event moments on which the importance of features is measured, and the
   *     distribution of scores
   * @param newestEventMillis newest event of the history, a part of the version
   * @throws IllegalStateException when the loader refuses it: what was trained and what would be
   *     served differ
   */
  public ModelArtefact live(
      String trait,
      BoostedTrees trees,
      SingleFeature baseline,
      Rows train,
      Rows showcase,
      Rows heldOut,
      Map<String, Double> metrics,
      Lineage lineage,
      long newestEventMillis) {
    ModelArtefact.Builder builder =
        ModelArtefacts.newBuilder(ModelKind.XGBOOST_UBJSON, trees.toUbjson());
    ModelArtefact artefact =
        builder
            .setTrait(trait)
            .setVersion(ModelVersion.of(newestEventMillis, builder.getChecksum()))
            .setStage(ModelStage.LIVE)
            .setFeatureSchema(
                new dev.presage.schemas.avro.FeatureSchema(schema.fingerprint(), schema.names()))
            .setGoldenRows(goldenRows(trees, showcase))
            .setBaseline(
                new Baseline(
                    baseline.name(), baseline.intercept(), baseline.slope(), baseline.missing()))
            .setMetrics(metrics)
            .setLineage(lineage)
            .setApprovedBy("gate")
            .build();
    LoadedModel model = load(artefact);
    ModelArtefact described =
        ModelArtefact.newBuilder(artefact)
            .setImportance(Importance.of(trees, model, heldOut))
            .setPopulation(PopulationShares.of(model.predictor(), train, heldOut))
            .build();
    var unused = load(described);
    return described;
  }

  private LoadedModel load(ModelArtefact artefact) {
    try {
      return loader.load(artefact, schema.fingerprint());
    } catch (ModelRefusedException e) {
      throw new IllegalStateException(
          "The model that was trained fails its own checks: %s: %s"
              .formatted(e.code(), e.getMessage()),
          e);
    }
  }

  private static List<GoldenRow> goldenRows(BoostedTrees trees, Rows showcase) {
    Rows picked = GoldenRowChoice.pick(showcase, trees.margins(showcase));
    double[] margins = trees.margins(picked);
    double[] predictions = trees.predict(picked);
    List<GoldenRow> golden = new ArrayList<>();
    for (int row = 0; row < picked.size(); row++) {
      golden.add(
          ModelArtefacts.goldenRow(
              picked.vector(row), (float) margins[row], (float) predictions[row]));
    }
    return golden;
  }
}
