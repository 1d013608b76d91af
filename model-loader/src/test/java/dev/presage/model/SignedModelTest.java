package dev.presage.model;

import static dev.presage.schemas.avro.ModelKind.XGBOOST_UBJSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.model.signature.SigningKey;
import dev.presage.model.signature.TrustedKeys;
import dev.presage.schemas.avro.Band;
import dev.presage.schemas.avro.Baseline;
import dev.presage.schemas.avro.BinShares;
import dev.presage.schemas.avro.Calibration;
import dev.presage.schemas.avro.CalibrationInput;
import dev.presage.schemas.avro.CalibrationMethod;
import dev.presage.schemas.avro.FeatureImportance;
import dev.presage.schemas.avro.FeatureSchema;
import dev.presage.schemas.avro.Lineage;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import dev.presage.schemas.avro.ModelStage;
import dev.presage.schemas.avro.TrainingPopulation;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where keys are configured, a model is served only as it was signed. */
class SignedModelTest {
  private static final NativeModel NATIVE =
      NativeModel.train(NativeModel.Plan.of("binary:logistic", 3, 3, 2), 5);
  private static final KeyPair OURS = keyPair();
  private static final KeyPair OTHERS = keyPair();

  private final SigningKey key = SigningKey.of(OURS.getPrivate());
  private final ModelLoader loader =
      new ModelLoader(
          ModelLimits.DEFAULTS, TrustedKeys.of(List.of(OTHERS.getPublic(), OURS.getPublic())));

  @Test
  void shouldLoadWhatOneOfTheTrustedKeysSigned() throws ModelRefusedException {
    ModelArtefact signed = key.sign(artefact());

    assertThat(load(signed).version()).isEqualTo("v1");
    assertThat(load(SigningKey.of(OTHERS.getPrivate()).sign(artefact())).version()).isEqualTo("v1");
  }

  @Test
  void shouldSignTheSameTheSameWay() {
    assertThat(key.sign(key.sign(artefact()))).isEqualTo(key.sign(artefact()));
    assertThat(key.sign(artefact()).getSignature()).isEqualTo(key.sign(artefact()).getSignature());
  }

  @Test
  void shouldTakeAnythingWhereNoKeysAreConfigured() throws ModelRefusedException {
    ModelLoader trusting = new ModelLoader(ModelLimits.DEFAULTS, TrustedKeys.NONE);
    ModelArtefact nonsense =
        ModelArtefact.newBuilder(artefact()).setSignature(ByteBuffer.wrap(new byte[3])).build();

    assertThat(trusting.load(artefact(), NativeModel.FINGERPRINT).version()).isEqualTo("v1");
    assertThat(trusting.load(nonsense, NativeModel.FINGERPRINT).version()).isEqualTo("v1");
  }

  @Test
  void shouldRefuseWhatIsNotSigned() {
    assertRefused(artefact(), RefusalCode.SIGNATURE_MISSING, "the artefact is not signed; sign it");
  }

  @Test
  void shouldRefuseWhatSomebodyElseSigned() {
    assertRefused(
        SigningKey.of(keyPair().getPrivate()).sign(artefact()),
        RefusalCode.SIGNATURE_INVALID,
        "by any of the 2 keys that are trusted here");
  }

  static Stream<byte[]> nonsense() {
    byte[] ones = new byte[64];
    Arrays.fill(ones, (byte) -1);
    return Stream.of(new byte[0], new byte[63], new byte[64], new byte[65], ones);
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void shouldRefuseBytesThatAreNoSignature(byte[] bytes) {
    assertRefused(
        ModelArtefact.newBuilder(artefact()).setSignature(ByteBuffer.wrap(bytes)).build(),
        RefusalCode.SIGNATURE_INVALID,
        "the signature is not one over this artefact");
  }

  @ParameterizedTest
  @MethodSource("fields")
  void shouldRefuseASignedArtefactOfWhichAFieldWasChanged(String field) {
    ModelArtefact changed = ModelArtefact.newBuilder(key.sign(artefact())).build();
    changed.put(field, CHANGED.get(field));
    RefusalCode expected =
        List.of("payload", "checksum").contains(field)
            ? RefusalCode.CHECKSUM_MISMATCH
            : RefusalCode.SIGNATURE_INVALID;

    assertRefused(changed, expected, "");
  }

  @Test
  void shouldRefuseAnotherPayloadUnderItsOwnChecksum() {
    ByteBuffer other = ByteBuffer.wrap(new byte[] {'{', '}'});
    ModelArtefact changed =
        ModelArtefact.newBuilder(key.sign(artefact()))
            .setPayload(other)
            .setChecksum(ModelArtefacts.checksum(other))
            .build();

    assertRefused(changed, RefusalCode.SIGNATURE_INVALID, "");
  }

  @Test
  void shouldGoOnWithTheOldModelAndSayWhy() {
    LiveModels models = new LiveModels(loader, NativeModel.FINGERPRINT);
    models.offer(key.sign(artefact()));

    ModelDecision decision =
        models.offer(ModelArtefact.newBuilder(artefact()).setVersion("v2").build());

    assertThat(decision.code()).isEqualTo(RefusalCode.SIGNATURE_MISSING);
    assertThat(decision.liveVersion()).isEqualTo("v1");
  }

  /** Another value for every field of the schema but the signature itself. */
  private static final Map<String, Object> CHANGED =
      Map.ofEntries(
          Map.entry("trait", "another"),
          Map.entry("version", "v2"),
          Map.entry("stage", ModelStage.CANARY),
          Map.entry("kind", ModelKind.XGBOOST_JSON),
          Map.entry("payload", ByteBuffer.wrap(new byte[] {1})),
          Map.entry("checksum", "0".repeat(64)),
          Map.entry(
              "featureSchema",
              new FeatureSchema(NativeModel.FINGERPRINT, reversed(NativeModel.names(3)))),
          Map.entry("goldenRows", NATIVE.goldenRows(19)),
          Map.entry("baseline", new Baseline("feature_0", 0.0, 1.0, 0.0)),
          Map.entry("metrics", Map.of("auc", 0.99)),
          Map.entry(
              "lineage",
              new Lineage(
                  Instant.EPOCH.plusMillis(1),
                  Instant.EPOCH,
                  Instant.EPOCH,
                  500L,
                  100L,
                  "",
                  Map.of(),
                  null)),
          Map.entry("approvedBy", "somebody"),
          Map.entry("eligibility", "false"),
          Map.entry(
              "calibration",
              new Calibration(
                  CalibrationMethod.PLATT,
                  CalibrationInput.MARGIN,
                  0.0,
                  1.0,
                  List.of(),
                  List.of())),
          Map.entry("bands", List.of(new Band("all", 0.0))),
          Map.entry("importance", List.of(new FeatureImportance("feature_0", 1.0, 1.0, 1.0))),
          Map.entry(
              "population",
              new TrainingPopulation(
                  1L,
                  Collections.nCopies(3, new BinShares(List.of(0.5), List.of(1.0, 0.0), 0.0)),
                  1L,
                  new BinShares(List.of(), List.of(1.0), 0.0))),
          Map.entry("canaryShare", 0.5));

  /** Fields of later versions of the schema are for whoever adds them to add above. */
  static Stream<String> fields() {
    return ModelArtefact.getClassSchema().getFields().stream()
        .map(Schema.Field::name)
        .filter(it -> !it.equals("signature"));
  }

  private static List<String> reversed(List<String> names) {
    List<String> reversed = new ArrayList<>(names);
    Collections.reverse(reversed);
    return reversed;
  }

  private void assertRefused(ModelArtefact artefact, RefusalCode code, String reason) {
    assertThatThrownBy(() -> load(artefact))
        .hasMessageContaining(reason)
        .isInstanceOfSatisfying(
            ModelRefusedException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private LoadedModel load(ModelArtefact artefact) throws ModelRefusedException {
    return loader.load(artefact, NativeModel.FINGERPRINT);
  }

  private static ModelArtefact artefact() {
    return NATIVE.artefact(XGBOOST_UBJSON).setMetrics(Map.of("auc", 0.7)).build();
  }

  private static KeyPair keyPair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
