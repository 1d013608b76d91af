package dev.presage.model.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.model.ModelArtefacts;
import dev.presage.schemas.avro.Baseline;
import dev.presage.schemas.avro.FeatureSchema;
import dev.presage.schemas.avro.GoldenRow;
import dev.presage.schemas.avro.Lineage;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import dev.presage.schemas.avro.ModelStage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code docs/python/sign_model.py} made of the same artefact, with the same key. */
class ModelSignatureTest {
  private static final String HASH =
      "3d32f0e8184a84eabe31fcf2612000385438e680a5f6d3f70772915f01b841bd";
  private static final String SIGNATURE =
      "8e8370af4c5a4f00ab4a5357fca11bb5519a230c18d48446445ff7a477e213dd"
          + "8fed8d91d4c7bc9b664e500749cc5e7439f1e733ef08f5c1f47d6fe6d7f6720f";
  private static final String PUBLIC_KEY = "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=";

  private final ModelArtefact artefact =
      ModelArtefacts.newBuilder(ModelKind.XGBOOST_JSON, "{}".getBytes(StandardCharsets.US_ASCII))
          .setTrait("likelihood-to-test")
          .setVersion("v1-é")
          .setStage(ModelStage.CANARY)
          .setFeatureSchema(new FeatureSchema("cafe", List.of("b", "a")))
          .setGoldenRows(
              List.of(
                  new GoldenRow(
                      List.of(1.5, Double.NaN, -0.0), -0.25, 0.4378, List.of(), List.of())))
          .setBaseline(new Baseline("a", 1.0, -2.0, 0.0))
          .setMetrics(Map.of("rows", 10.0, "auc", 0.75))
          .setLineage(
              new Lineage(
                  Instant.ofEpochMilli(1_700_000_000_123L),
                  Instant.EPOCH,
                  Instant.ofEpochMilli(1),
                  500L,
                  100L,
                  "",
                  Map.of("eta", "0.1"),
                  "v0"))
          .build();

  @Test
  void shouldSignTheMessageThatPythonSigns() {

    byte[] message = ModelSignature.message(artefact);

    assertThat(new String(message, 0, 16, StandardCharsets.US_ASCII))
        .isEqualTo("presage model 1\n");
    assertThat(HexFormat.of().formatHex(Arrays.copyOfRange(message, 16, message.length)))
        .isEqualTo(HASH);
  }

  @Test
  void shouldTrustTheSignatureThatPythonMade() {
    TrustedKeys trusted = TrustedKeys.of(List.of(KeyFormat.publicKey(PUBLIC_KEY)));

    ModelArtefact.Builder signed =
        ModelArtefact.newBuilder(artefact)
            .setSignature(ByteBuffer.wrap(HexFormat.of().parseHex(SIGNATURE)));
    assertThat(trusted.trust(signed.build())).isTrue();
    assertThat(trusted.trust(signed.setCanaryShare(1).build())).isFalse();
  }
}
