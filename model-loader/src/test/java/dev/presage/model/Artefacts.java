package dev.presage.model;

import dev.presage.schemas.avro.FeatureSchema;
import dev.presage.schemas.avro.Lineage;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import dev.presage.schemas.avro.ModelStage;
import java.time.Instant;
import java.util.List;

/** Artefacts with all that a test does not care for. */
final class Artefacts {
  private Artefacts() {}

  /** A live one that lacks golden rows. */
  static ModelArtefact.Builder of(ModelKind kind, byte[] payload, List<String> features) {
    return ModelArtefacts.newBuilder(kind, payload)
        .setTrait("likelihood-to-test")
        .setVersion("v1")
        .setStage(ModelStage.LIVE)
        .setFeatureSchema(
            FeatureSchema.newBuilder()
                .setFingerprint(NativeModel.FINGERPRINT)
                .setFeatures(features)
                .build())
        .setGoldenRows(List.of())
        .setLineage(
            Lineage.newBuilder()
                .setCreatedAt(Instant.EPOCH)
                .setTrainedFrom(Instant.EPOCH)
                .setTrainedUntil(Instant.EPOCH)
                .setRows(500)
                .setPositives(100)
                .build());
  }
}
