package dev.presage.retrain.registry;

import dev.presage.schemas.avro.Baseline;
import dev.presage.schemas.avro.Calibration;
import dev.presage.schemas.avro.FeatureImportance;
import dev.presage.schemas.avro.Lineage;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import dev.presage.schemas.avro.ModelStage;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A version as it was last published, without its payload.
 *
 * @param trait what it predicts
 * @param version unique for its trait
 * @param stage what it is used for
 * @param canaryShare the share of canonical IDs that it scores while it is a CANARY
 * @param kind what sort of predictor it is
 * @param payloadBytes length of its payload
 * @param checksum SHA-256 of its payload
 * @param fingerprint fingerprint of its feature schema
 * @param goldenRows how many golden rows it has
 * @param metrics figures of its evaluation by name
 * @param lineage where it comes from
 * @param approvedBy who let it go live
 * @param importance the features that it uses, the most important first; empty where its trainer
 *     did not say
 * @param calibration what makes probabilities of its output; null where nothing does
 * @param baseline what it had to beat; null where that is not known
 * @param eligibility whom it was trained on; null where that is not known
 */
public record RegisteredModel(
    String trait,
    String version,
    ModelStage stage,
    double canaryShare,
    ModelKind kind,
    int payloadBytes,
    String checksum,
    String fingerprint,
    int goldenRows,
    Map<String, Double> metrics,
    Lineage lineage,
    @Nullable String approvedBy,
    List<FeatureImportance> importance,
    @Nullable Calibration calibration,
    @Nullable Baseline baseline,
    @Nullable String eligibility) {
  private static final String DROPPED = "dropped.";

  public RegisteredModel {
    metrics = Map.copyOf(metrics);
    importance = List.copyOf(importance);
  }

  /** Parameters of the training, without the features that were dropped, by name. */
  public SortedMap<String, String> parameters() {
    SortedMap<String, String> parameters = new TreeMap<>(lineage.getParameters());
    parameters.keySet().removeIf(it -> it.startsWith(DROPPED));
    return parameters;
  }

  /** Features that the training dropped, with the reason, by name. */
  public SortedMap<String, String> droppedFeatures() {
    SortedMap<String, String> dropped = new TreeMap<>();
    lineage
        .getParameters()
        .forEach(
            (name, reason) -> {
              if (name.startsWith(DROPPED)) {
                dropped.put(name.substring(DROPPED.length()), reason);
              }
            });
    return dropped;
  }

  static RegisteredModel of(ModelArtefact artefact) {
    return new RegisteredModel(
        artefact.getTrait(),
        artefact.getVersion(),
        artefact.getStage(),
        artefact.getCanaryShare(),
        artefact.getKind(),
        artefact.getPayload().remaining(),
        artefact.getChecksum(),
        artefact.getFeatureSchema().getFingerprint(),
        artefact.getGoldenRows().size(),
        artefact.getMetrics(),
        artefact.getLineage(),
        artefact.getApprovedBy(),
        artefact.getImportance(),
        artefact.getCalibration(),
        artefact.getBaseline(),
        artefact.getEligibility());
  }
}
