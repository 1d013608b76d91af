package dev.presage.model;

import static dev.presage.schemas.avro.ModelKind.XGBOOST_JSON;
import static dev.presage.schemas.avro.ModelKind.XGBOOST_UBJSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.model.document.DocumentFormat;
import dev.presage.model.xgboost.XgboostModel;
import dev.presage.schemas.avro.FeatureSchema;
import dev.presage.schemas.avro.GoldenRow;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is checked before a model may score, beyond the payload itself. */
class ModelLoaderTest {
  private static final NativeModel NATIVE =
      NativeModel.train(NativeModel.Plan.of("binary:logistic", 4, 10, 3), 1);
  private static final byte[] JSON = NATIVE.saved(XGBOOST_JSON);

  private final ModelLoader loader = new ModelLoader(ModelLimits.DEFAULTS);

  @Test
  void shouldLoadAModelWithItsMetadata() throws ModelRefusedException {
    LoadedModel model = load(NATIVE.artefact(XGBOOST_UBJSON));

    assertThat(model.trait()).isEqualTo("likelihood-to-test");
    assertThat(model.version()).isEqualTo("v1");
    assertThat(model.features()).containsExactlyElementsOf(NativeModel.names(4));
    assertThat(model.fingerprint()).isEqualTo(NativeModel.FINGERPRINT);
    assertThat(model.predictor().features()).isEqualTo(4);
  }

  @Test
  void shouldLeaveThePayloadAsItIs() throws ModelRefusedException {
    ModelArtefact artefact = NATIVE.artefact(XGBOOST_UBJSON).build();
    loader.load(artefact, NativeModel.FINGERPRINT);
    loader.load(artefact, NativeModel.FINGERPRINT);

    assertThat(artefact.getPayload().remaining()).isEqualTo(NATIVE.saved(XGBOOST_UBJSON).length);
  }

  @Test
  void shouldRefuseAVectorOfAnotherLength() throws ModelRefusedException {
    Predictor predictor = load(NATIVE.artefact(XGBOOST_UBJSON)).predictor();

    assertThatThrownBy(() -> predictor.predict(new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the vector has 3 values, the model expects 4");
  }

  @Test
  void shouldRefuseAPayloadThatIsTooLargeBeforeAnythingElse() {
    ModelLimits small = new ModelLimits(100, 10, 10, 10, 10, 10, 10);

    assertThatThrownBy(
            () ->
                new ModelLoader(small)
                    .load(NATIVE.artefact(XGBOOST_JSON).setChecksum("").build(), ""))
        .hasMessageContaining("the payload has " + JSON.length + " bytes, the limit is 100")
        .isInstanceOfSatisfying(
            ModelRefusedException.class,
            e -> assertThat(e.code()).isEqualTo(RefusalCode.PAYLOAD_TOO_LARGE));
  }

  @Test
  void shouldRefuseTooManyFeaturesAndGoldenRows() {
    ModelLimits small = new ModelLimits(1 << 20, 3, 10, 10, 10, 10, 10);
    assertThatThrownBy(() -> new ModelLoader(small).load(NATIVE.artefact(XGBOOST_JSON).build(), ""))
        .hasMessageContaining("the artefact has 4 features, the limit is 3");
    ModelLimits few = new ModelLimits(1 << 20, 4, 10, 10, 10, 10, 10);
    assertThatThrownBy(() -> new ModelLoader(few).load(NATIVE.artefact(XGBOOST_JSON).build(), ""))
        .hasMessageContaining("the artefact has 20 golden rows, the limit is 10");
  }

  @Test
  void shouldRefuseAnotherChecksumBeforeAnotherFingerprint() {
    ModelArtefact.Builder damaged = NATIVE.artefact(XGBOOST_JSON).setChecksum("0".repeat(64));

    assertThatThrownBy(() -> loader.load(damaged.build(), "beef"))
        .hasMessageMatching(
            "the payload's SHA-256 is [0-9a-f]{64}, the artefact says 0{64}; publish .*")
        .isInstanceOfSatisfying(
            ModelRefusedException.class,
            e -> assertThat(e.code()).isEqualTo(RefusalCode.CHECKSUM_MISMATCH));
  }

  @Test
  void shouldRefuseAFingerprintThatIsNotServed() {
    assertThatThrownBy(() -> loader.load(NATIVE.artefact(XGBOOST_JSON).build(), "beef"))
        .hasMessageContaining("feature schema f00d, but beef is served here")
        .isInstanceOfSatisfying(
            ModelRefusedException.class,
            e -> assertThat(e.code()).isEqualTo(RefusalCode.FINGERPRINT_MISMATCH));
  }

  @Test
  void shouldRefuseKindsThatItDoesNotKnowAndPayloadsOfAnotherKind() {
    byte[] text = "tree of life".getBytes(StandardCharsets.UTF_8);

    refused(NATIVE.artefact(ModelKind.UNKNOWN, JSON), RefusalCode.UNSUPPORTED, "kind");
    refused(NATIVE.artefact(XGBOOST_UBJSON, JSON), RefusalCode.UNREADABLE, "not UBJSON");
    refused(NATIVE.artefact(XGBOOST_JSON, text), RefusalCode.UNREADABLE, "not JSON");
    refused(
        NATIVE.artefact(XGBOOST_JSON, NATIVE.saved(XGBOOST_UBJSON)),
        RefusalCode.UNREADABLE,
        "the payload is not a model of kind XGBOOST_JSON");
    refused(NATIVE.artefact(XGBOOST_JSON, new byte[0]), RefusalCode.UNREADABLE, "ends too early");
  }

  @Test
  void shouldRefuseAnArtefactWithoutGoldenRows() {
    refused(
        NATIVE.artefact(XGBOOST_JSON).setGoldenRows(List.of()),
        RefusalCode.NO_GOLDEN_ROWS,
        "no golden rows");
  }

  @Test
  void shouldRefuseGoldenRowsOfAnotherLength() {
    GoldenRow shorter = ModelArtefacts.goldenRow(new double[3], 0, 0.5f);

    refused(
        NATIVE.artefact(XGBOOST_JSON).setGoldenRows(List.of(shorter)),
        RefusalCode.FEATURE_MISMATCH,
        "golden row 0 has 3 values, the feature schema has 4 features");
  }

  @Test
  void shouldRefuseAMarginThatIsOneUnitInTheLastPlaceOff() {
    List<GoldenRow> rows = new ArrayList<>(NATIVE.goldenRows(3));
    rows.add(golden(3, Math.nextUp(NATIVE.margins[3]), NATIVE.predictions[3]));

    refused(
        NATIVE.artefact(XGBOOST_JSON).setGoldenRows(rows),
        RefusalCode.GOLDEN_ROW_MISMATCH,
        "golden row 3 has the margin");
  }

  @Test
  void shouldRefuseAMarginThatNoFloatCanHold() {
    GoldenRow row = golden(0, NATIVE.margins[0], NATIVE.predictions[0]);
    row.put("margin", Math.nextUp((double) NATIVE.margins[0]));

    refused(
        NATIVE.artefact(XGBOOST_JSON).setGoldenRows(List.of(row)),
        RefusalCode.GOLDEN_ROW_MISMATCH,
        "golden row 0 has the margin");
  }

  @Test
  void shouldAllowPredictionsOneUnitInTheLastPlaceOffButNotTwo() throws ModelRefusedException {
    float up = Math.nextUp(NATIVE.predictions[0]);

    load(NATIVE.artefact(XGBOOST_JSON).setGoldenRows(List.of(golden(0, NATIVE.margins[0], up))));
    refused(
        NATIVE
            .artefact(XGBOOST_JSON)
            .setGoldenRows(List.of(golden(0, NATIVE.margins[0], Math.nextUp(up)))),
        RefusalCode.GOLDEN_ROW_MISMATCH,
        "golden row 0 has the prediction");
    refused(
        NATIVE
            .artefact(XGBOOST_JSON)
            .setGoldenRows(List.of(golden(0, NATIVE.margins[0], Float.NaN))),
        RefusalCode.GOLDEN_ROW_MISMATCH,
        "golden row 0 has the prediction NaN");
  }

  @Test
  void shouldTakeTheBaseMarginThatTheTrainersPlatformHad() throws Exception {
    List<Predictor> candidates =
        XgboostModel.read(
                DocumentFormat.JSON.read(ByteBuffer.wrap(JSON), 100_000),
                NativeModel.names(4),
                ModelLimits.DEFAULTS)
            .predictors();
    assertThat(candidates).hasSize(2);

    for (Predictor trainer : candidates) {
      List<GoldenRow> rows = new ArrayList<>();
      for (double[] vector : NATIVE.rows) {
        rows.add(
            ModelArtefacts.goldenRow(
                vector, trainer.margin(vector), (float) trainer.predict(vector)));
      }
      Predictor loaded = load(NATIVE.artefact(XGBOOST_JSON).setGoldenRows(rows)).predictor();
      for (double[] vector : NATIVE.rows) {
        assertThat(loaded.margin(vector)).isEqualTo(trainer.margin(vector));
      }
    }
  }

  @Test
  void shouldMapFeaturesByName() throws ModelRefusedException {
    NativeModel named = named("feature_2", "feature_0", "feature_3", "feature_1");
    List<GoldenRow> reordered = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      double[] model = named.rows.get(i);
      double[] schema = {model[1], model[3], model[0], model[2]};
      reordered.add(ModelArtefacts.goldenRow(schema, named.margins[i], named.predictions[i]));
    }

    for (ModelKind kind : List.of(XGBOOST_JSON, XGBOOST_UBJSON)) {
      load(named.artefact(kind).setGoldenRows(reordered));
      refused(named.artefact(kind), RefusalCode.GOLDEN_ROW_MISMATCH, "golden row");
    }
  }

  @Test
  void shouldListFeaturesThatDoNotMatch() {
    refused(
        named("feature_2", "age", "feature_3", "weight").artefact(XGBOOST_UBJSON),
        RefusalCode.FEATURE_MISMATCH,
        "the model has age, weight, which its feature schema has not; of the schema's features the"
            + " model does not have feature_0, feature_1; rename");
    refused(
        named("feature_2", "feature_0", "feature_2", "feature_1").artefact(XGBOOST_UBJSON),
        RefusalCode.FEATURE_MISMATCH,
        "the model names the feature feature_2 twice");
  }

  @Test
  void shouldRefuseAModelWithoutNamesThatHasAnotherNumberOfFeatures() {
    refused(
        NATIVE.artefact(XGBOOST_JSON).setFeatureSchema(schema(NativeModel.names(5))),
        RefusalCode.FEATURE_MISMATCH,
        "the model has 4 features without names, its feature schema has 5");
  }

  @Test
  void shouldLetAModelWithNamesUseFewerFeaturesThanTheSchemaHas() throws ModelRefusedException {
    NativeModel named = named("feature_0", "feature_1", "feature_2", "feature_3");
    List<GoldenRow> wider = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      double[] vector = Arrays.copyOf(named.rows.get(i), 5);
      wider.add(ModelArtefacts.goldenRow(vector, named.margins[i], named.predictions[i]));
    }

    LoadedModel model =
        load(
            named
                .artefact(XGBOOST_UBJSON)
                .setFeatureSchema(schema(NativeModel.names(5)))
                .setGoldenRows(wider));

    assertThat(model.predictor().features()).isEqualTo(5);
  }

  @Test
  void shouldRefuseAFeatureSchemaThatNamesAFeatureTwice() {
    refused(
        NATIVE.artefact(XGBOOST_JSON).setFeatureSchema(schema(List.of("a", "b", "a", "c"))),
        RefusalCode.FEATURE_MISMATCH,
        "the feature schema names a twice");
  }

  private static NativeModel named(String... names) {
    return NativeModel.train(NativeModel.Plan.of("binary:logistic", 4, 10, 3), 1)
        .withFeatureNames(List.of(names));
  }

  private static FeatureSchema schema(List<String> names) {
    return FeatureSchema.newBuilder()
        .setFingerprint(NativeModel.FINGERPRINT)
        .setFeatures(names)
        .build();
  }

  private static GoldenRow golden(int row, float margin, float prediction) {
    return ModelArtefacts.goldenRow(NATIVE.rows.get(row), margin, prediction);
  }

  private LoadedModel load(ModelArtefact.Builder artefact) throws ModelRefusedException {
    return loader.load(artefact.build(), NativeModel.FINGERPRINT);
  }

  private void refused(ModelArtefact.Builder artefact, RefusalCode code, String reason) {
    assertThatThrownBy(() -> load(artefact))
        .hasMessageContaining(reason)
        .isInstanceOfSatisfying(
            ModelRefusedException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
