package dev.presage.model;

import dev.presage.model.calibration.Bands;
import dev.presage.model.population.ReferencePopulation;
import dev.presage.schemas.avro.Baseline;
import dev.presage.schemas.avro.Lineage;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelStage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model that passed all checks, with what scoring needs of its artefact; the payload is not kept.
 *
 * @param trait the trait that it predicts
 * @param version unique for its trait
 * @param stage what it is used for
 * @param fingerprint fingerprint of its feature schema
 * @param features names of the features, in the order of the vector
 * @param predictor scores vectors of these features
 * @param bands named ranges of its predictions
 * @param baseline the single feature that it has to beat, where its trainer gave one
 * @param metrics figures of its evaluation by name
 * @param lineage where it comes from
 * @param canary the canonical IDs that it is emitted for while it is a canary
 * @param population what it was trained on, where its trainer counted it
 */
public record LoadedModel(
    String trait,
    String version,
    ModelStage stage,
    String fingerprint,
    List<String> features,
    Predictor predictor,
    Bands bands,
    @Nullable Baseline baseline,
    Map<String, Double> metrics,
    Lineage lineage,
    CanaryGroup canary,
    @Nullable ReferencePopulation population) {

  public LoadedModel {
    features = List.copyOf(features);
    metrics = Map.copyOf(metrics);
  }

  static LoadedModel of(
      ModelArtefact artefact,
      Predictor predictor,
      Bands bands,
      @Nullable ReferencePopulation population) {
    return new LoadedModel(
        artefact.getTrait(),
        artefact.getVersion(),
        artefact.getStage(),
        artefact.getFeatureSchema().getFingerprint(),
        artefact.getFeatureSchema().getFeatures(),
        predictor,
        bands,
        artefact.getBaseline(),
        artefact.getMetrics(),
        artefact.getLineage(),
        CanaryGroup.of(artefact.getTrait(), artefact.getCanaryShare()),
        population);
  }
}
