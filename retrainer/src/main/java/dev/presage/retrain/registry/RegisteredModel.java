package dev.presage.retrain.registry;

import dev.presage.schemas.avro.Lineage;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import dev.presage.schemas.avro.ModelStage;
import java.util.Map;
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
    @Nullable String approvedBy) {

  public RegisteredModel {
    metrics = Map.copyOf(metrics);
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
        artefact.getApprovedBy());
  }
}
