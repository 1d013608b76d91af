package dev.presage.model;

import static dev.presage.schemas.avro.ModelKind.BUY_TILL_YOU_DIE;
import static dev.presage.schemas.avro.ModelKind.COMPOSITE;
import static dev.presage.schemas.avro.ModelKind.LINEAR;
import static dev.presage.schemas.avro.ModelKind.SEGMENTATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.presage.schemas.avro.Band;
import dev.presage.schemas.avro.Calibration;
import dev.presage.schemas.avro.CalibrationInput;
import dev.presage.schemas.avro.CalibrationMethod;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Models in our own JSON: the examples of the page that describes them, and changes to these. */
class OwnModelsTest {
  private static final double NONE = Double.NaN;

  /** Orders ever, in 90 days, revenue in 90 days, days since the last and the first, mean value. */
  private static final double[] REGULAR = {5, 3, 250, 14, 300, 40};

  private static final double[] UNKNOWN = {NONE, NONE, NONE, NONE, NONE, NONE};

  private final ObjectMapper json = new ObjectMapper();
  private final ModelLoader loader = new ModelLoader(ModelLimits.DEFAULTS);

  @Test
  void shouldAddStandardisedTerms() throws Exception {
    double margin = -0.4 + 0.9 * (3 - 2.5) / 1.5 - 1.2 * (14 - 30.0) / 20;
    predicts(LINEAR, Examples.LINEAR, REGULAR, margin, sigmoid(margin));

    double missing = -0.4 - 1.2 * (365 - 30.0) / 20;
    predicts(LINEAR, Examples.LINEAR, UNKNOWN, missing, sigmoid(missing));

    String counts = Examples.LINEAR.replace("logistic", "log");
    predicts(LINEAR, counts, REGULAR, margin, Math.exp(margin));
    String amounts = Examples.LINEAR.replace("logistic", "identity");
    predicts(LINEAR, amounts, REGULAR, margin, margin);
  }

  @Test
  void shouldMultiplyWhetherByHowMuch() throws Exception {
    double expected = sigmoid(-1 + 0.5 * 3) * Math.exp(3 + 0.001 * 250);
    predicts(COMPOSITE, Examples.PRODUCT, REGULAR, expected, expected);

    String strict =
        Examples.PRODUCT
            .replace("\"threshold\": 0.1", "\"threshold\": 0.7")
            .replace("\"below\": 0", "\"below\": 1.5");
    predicts(COMPOSITE, strict, REGULAR, 1.5, 1.5);
  }

  @Test
  void shouldTakeTheModelOfThePopulation() throws Exception {
    predicts(COMPOSITE, Examples.POPULATIONS, REGULAR, 1.1, sigmoid(0.2 + 0.3 * 3));
    double[] first = {1, 3, 250, 14, 14, 40};
    double margin = -2 + 0.7 * 3;
    predicts(COMPOSITE, Examples.POPULATIONS, first, margin, sigmoid(0.1 + 0.8 * margin));
    double[] unknownLast = {2, 1, 250, NONE, NONE, 40};
    predicts(COMPOSITE, Examples.POPULATIONS, unknownLast, 0.5, sigmoid(0.5));
    double[] unknownOrders = {NONE, 1, 250, 14, 300, 40};
    predicts(COMPOSITE, Examples.POPULATIONS, unknownOrders, -1.3, sigmoid(0.1 - 0.8 * 1.3));
  }

  @Test
  void shouldCompareInSixWays() throws Exception {
    String[] ways = {"less", "at_most", "equal", "not_equal", "at_least", "greater"};
    boolean[][] holds = {
      {true, false, false}, {true, true, false}, {false, true, false},
      {true, false, true}, {false, true, true}, {false, false, true}
    };
    for (int way = 0; way < ways.length; way++) {
      String model =
          """
          {"kind": "composite", "format": 1, "combine": "populations",
           "when": [{"feature": "orders_90d", "is": "%s", "value": 2}],
           "then": %s, "otherwise": %s}
          """
              .formatted(ways[way], constant(1), constant(0));
      for (int value = 1; value <= 3; value++) {
        double expected = holds[way][value - 1] ? 1 : 0;
        predicts(COMPOSITE, model, new double[] {0, value, 0, 0, 0, 0}, expected, expected);
      }
    }
  }

  @Test
  void shouldExpectRepeatBuying() throws Exception {
    Predictor value = predictor(BUY_TILL_YOU_DIE, Examples.BUY_TILL_YOU_DIE, REGULAR);
    Predictor transactions = predictor(BUY_TILL_YOU_DIE, target("transactions"), REGULAR);
    double each = (15.44 + 4 * 40) * 6.25 / (6.25 * 4 + 2.74);
    assertThat(value.predict(REGULAR))
        .isCloseTo(transactions.predict(REGULAR) * each, within(1e-9));

    double[] paper = {3, 0, 0, 7 * (38.86 - 30.43), 7 * 38.86, 22.35};
    assertThat(transactions.predict(paper)).isCloseTo(1.226, within(0.0005));

    Predictor alive = predictor(BUY_TILL_YOU_DIE, target("alive"), REGULAR);
    double[] once = {1, 0, 0, 900, 900, NONE};
    assertThat(alive.predict(once)).isEqualTo(1);
    double[] gone = {20, 0, 0, 900, 1000, 30};
    assertThat(alive.predict(gone)).isLessThan(0.01);
    assertThat(value.predict(once)).isPositive();
    double[] confused = {3, 0, 0, 900, 800, 30};
    assertThat(alive.predict(confused)).as("the last before the first").isBetween(0.0, 1.0);
  }

  @Test
  void shouldSayWhatIsGivenWhereABuyerIsNotKnown() throws Exception {
    String model = Examples.BUY_TILL_YOU_DIE.replace("\"missing\": 0", "\"missing\": -7");
    Predictor predictor = predictor(BUY_TILL_YOU_DIE, model, REGULAR);

    assertThat(predictor.predict(UNKNOWN)).isEqualTo(-7);
    for (int needed : new int[] {0, 3, 4, 5}) {
      double[] vector = REGULAR.clone();
      vector[needed] = NONE;
      assertThat(predictor.predict(vector)).as(Examples.FEATURES.get(needed)).isEqualTo(-7);
      vector[needed] = needed == 3 ? -1e9 : Double.NEGATIVE_INFINITY;
      assertThat(predictor.predict(vector)).isNotNaN().isFinite();
    }
  }

  @Test
  void shouldTakeTheTimeOfTheLastOrTheTimeSinceIt() throws Exception {
    String recency =
        Examples.BUY_TILL_YOU_DIE.replace(
            "\"sinceLast\": {\"feature\": \"days_since_last_order\"",
            "\"recency\": {\"feature\": \"orders_90d\"");
    double[] same = {5, 300 - 14, 250, NONE, 300, 40};

    assertThat(predictor(BUY_TILL_YOU_DIE, recency, same).predict(same))
        .isEqualTo(
            predictor(BUY_TILL_YOU_DIE, Examples.BUY_TILL_YOU_DIE, REGULAR).predict(REGULAR),
            within(1e-9));
  }

  @Test
  void shouldCutAScoreIntoClasses() throws Exception {
    Predictor predictor = predictor(SEGMENTATION, Examples.SEGMENTATION, REGULAR);

    assertThat(predictor.classes()).containsExactly("unlikely", "undecided", "likely");
    for (int orders = 0; orders < 6; orders++) {
      double score = sigmoid(-1 + 0.5 * orders);
      double expected = score < 0.3 ? 0 : score < 0.6 ? 1 : 2;
      predicts(
          SEGMENTATION,
          Examples.SEGMENTATION,
          new double[] {0, orders, 0, 0, 0, 0},
          score,
          expected);
    }
    String exact = Examples.SEGMENTATION.replace("[0.3, 0.6]", "[0.3, 0.5]");
    predicts(SEGMENTATION, exact, new double[] {0, 2, 0, 0, 0, 0}, 0.5, 2);
  }

  @Test
  void shouldTakeTreesAsParts() throws Exception {
    NativeLightgbm text =
        NativeLightgbm.train(new NativeLightgbm.Plan("binary", 6, 5, "num_leaves=7"), 1);
    NativeModel trees = NativeModel.train(NativeModel.Plan.of("reg:squarederror", 6, 5, 3), 1);
    ObjectNode model = json.createObjectNode();
    model.put("kind", "composite").put("format", 1).put("combine", "product");
    model.putObject("classifier").put("kind", "lightgbm").put("format", 1).put("text", text.text);
    model
        .putObject("regressor")
        .put("kind", "xgboost")
        .put("format", 1)
        .set("document", json.readTree(trees.saved(ModelKind.XGBOOST_JSON)));
    Predictor own = textOnly(text);

    for (int row = 0; row < 50; row++) {
      double[] vector = trees.rows.get(row);
      double expected = own.predict(vector) * trees.predictions[row];
      ModelArtefact artefact =
          Artefacts.of(COMPOSITE, json.writeValueAsBytes(model), NativeModel.names(6))
              .setGoldenRows(List.of(ModelArtefacts.goldenRow(vector, expected, expected)))
              .build();
      loader.load(artefact, NativeModel.FINGERPRINT);
    }
  }

  @Test
  void shouldCalibrateWhateverIsPredicted() throws Exception {
    NativeModel trees = NativeModel.train(NativeModel.Plan.of("binary:logistic", 6, 5, 3), 1);
    double[] vector = trees.rows.getFirst();
    double margin = trees.margins[0];
    ModelArtefact.Builder artefact =
        trees
            .artefact(ModelKind.XGBOOST_UBJSON)
            .setCalibration(platt(0.2, 1.5))
            .setGoldenRows(
                List.of(ModelArtefacts.goldenRow(vector, margin, sigmoid(0.2 + 1.5 * margin))));
    Predictor platt = load(artefact).predictor();
    assertThat(platt.margin(vector)).isEqualTo(margin);
    assertThat(platt.contributions()).as("to the margin, which stays").isNotNull();

    Calibration isotonic = isotonic(List.of(0.0, 0.5, 1.0), List.of(0.1, 0.1, 0.9));
    double raw = trees.predictions[0];
    double calibrated = raw <= 0.5 ? 0.1 : 0.1 + 0.8 * (raw - 0.5) / 0.5;
    load(
        artefact
            .setCalibration(isotonic)
            .setGoldenRows(List.of(ModelArtefacts.goldenRow(vector, margin, calibrated))));
    refused(
        artefact.setGoldenRows(
            List.of(ModelArtefacts.goldenRow(vector, margin, calibrated + 1e-5))),
        RefusalCode.GOLDEN_ROW_MISMATCH,
        "the prediction");
  }

  @Test
  void shouldRefuseCalibrationsThatCannotBe() throws Exception {
    ModelArtefact.Builder artefact = artefact(LINEAR, Examples.LINEAR, REGULAR);
    for (Calibration calibration :
        List.of(
            platt(0, -1),
            platt(NONE, 1),
            platt(0, Double.POSITIVE_INFINITY),
            isotonic(List.of(), List.of()),
            isotonic(List.of(1.0), List.of()),
            isotonic(List.of(1.0, 1.0), List.of(0.0, 1.0)),
            isotonic(List.of(1.0, 2.0), List.of(0.5, 0.4)),
            isotonic(List.of(NONE, 2.0), List.of(0.5, 0.6)))) {
      refused(
          artefact.setCalibration(calibration),
          RefusalCode.UNREADABLE,
          "the artefact's calibration cannot be");
    }
    Calibration unknown = platt(0, 1);
    unknown.put("method", CalibrationMethod.UNKNOWN);
    refused(artefact.setCalibration(unknown), RefusalCode.UNSUPPORTED, "not known");
    refused(
        artefact(SEGMENTATION, Examples.SEGMENTATION, REGULAR).setCalibration(platt(0, 1)),
        RefusalCode.UNSUPPORTED,
        "its model predicts classes");
  }

  @Test
  void shouldNameTheBandOfAPrediction() throws Exception {
    ModelArtefact.Builder artefact = artefact(LINEAR, Examples.LINEAR, REGULAR);
    LoadedModel model =
        load(artefact.setBands(List.of(new Band("top 1%", 0.9), new Band("top 5%", 0.7))));

    assertThat(model.bands().names()).containsExactly("top 1%", "top 5%");
    assertThat(model.bands().of(0.9)).isEqualTo("top 1%");
    assertThat(model.bands().of(0.8999)).isEqualTo("top 5%");
    assertThat(model.bands().of(0.5)).isNull();
    assertThat(model.bands().of(NONE)).isNull();
    for (List<Band> bands :
        List.of(
            List.of(new Band("a", 0.5), new Band("b", 0.5)),
            List.of(new Band("a", 0.5), new Band("a", 0.4)),
            List.of(new Band("a", NONE)),
            List.of(new Band(" ", 0.5)))) {
      refused(artefact.setBands(bands), RefusalCode.UNREADABLE, "the artefact's band");
    }
  }

  @Test
  void shouldRefuseWhatIsNotDescribed() throws Exception {
    unreadable(LINEAR, Examples.LINEAR, "\"mean\": 2.5", "\"maen\": 2.5", "unknown member maen");
    unreadable(LINEAR, Examples.LINEAR, "\"link\"", "\"likn\"", "unknown member likn");
    unreadable(LINEAR, Examples.LINEAR, "logistic", "probit", "one of identity, logistic, log");
    unreadable(LINEAR, Examples.LINEAR, "1.5}", "0}", "scale is 0.0, but must be greater than 0");
    unreadable(LINEAR, Examples.LINEAR, "-0.4", "NaN", "intercept is NaN");
    unreadable(LINEAR, Examples.LINEAR, "-0.4", "1e999", "intercept is Infinity");
    unreadable(LINEAR, Examples.LINEAR, "-0.4", "\"much\"", "is a string where a number");
    unreadable(LINEAR, Examples.LINEAR, "\"linear\"", "\"liner\"", "is not \"linear\"");
    unreadable(
        COMPOSITE,
        Examples.LINEAR,
        "linear",
        "linear",
        "is not \"composite\", as the artefact says");
    unreadable(COMPOSITE, Examples.PRODUCT, "\"linear\"", "\"liner\"", "must be one of linear");
    unreadable(COMPOSITE, Examples.PRODUCT, "\"regressor\"", "\"other\"", "unknown member other");
    unreadable(COMPOSITE, Examples.POPULATIONS, "\"less\"", "\"lt\"", "one of less, at_most");
    unreadable(COMPOSITE, Examples.POPULATIONS, "\"missing\": true", "\"missing\": 2", "true or");
    unreadable(COMPOSITE, Examples.POPULATIONS, "platt", "plato", "one of platt, isotonic");
    unreadable(COMPOSITE, Examples.POPULATIONS, "0.8}", "-0.8}", "the slope -0.8");
    unreadable(SEGMENTATION, Examples.SEGMENTATION, "[0.3, 0.6]", "[0.6, 0.3]", "must ascend");
    unreadable(SEGMENTATION, Examples.SEGMENTATION, "[0.3, 0.6]", "[0.3]", "one more than cuts");
    unreadable(SEGMENTATION, Examples.SEGMENTATION, "[0.3, 0.6]", "[0.3, NaN]", "finite number");
    unreadable(SEGMENTATION, Examples.SEGMENTATION, "undecided", "likely", "names a class twice");
    String btyd = Examples.BUY_TILL_YOU_DIE;
    unreadable(BUY_TILL_YOU_DIE, btyd, "0.243", "0", "r is 0.0, but must be greater than 0");
    unreadable(BUY_TILL_YOU_DIE, btyd, "0.243", "21", "r is 21.0, but can be at most 20");
    unreadable(BUY_TILL_YOU_DIE, btyd, "\"horizon\": 39", "\"horizon\": 5000", "horizon is 5000");
    unreadable(BUY_TILL_YOU_DIE, btyd, "3.74", "1", "q is 1.0, but must be greater than 1");
    unreadable(BUY_TILL_YOU_DIE, btyd, "\"missing\": 0", "\"missing\": null", "missing is missing");
    unreadable(
        BUY_TILL_YOU_DIE,
        btyd,
        "\"age\"",
        "\"recency\": {\"feature\": \"orders_90d\"}, \"age\"",
        "recency and sinceLast are given");
  }

  @Test
  void shouldRefuseAnotherFormatAndFeaturesThatAreNotThere() throws Exception {
    for (String example : Examples.ALL) {
      ModelKind kind = kind(example);
      refused(
          kind,
          example.replaceFirst("\"format\": 1", "\"format\": 2"),
          RefusalCode.UNSUPPORTED,
          "the document has the format 2.0, known here is 1");
      refused(
          kind,
          example.replaceFirst("\"feature\": \"orders", "\"feature\": \"odors"),
          RefusalCode.FEATURE_MISMATCH,
          "the model has odors_");
    }
  }

  @Test
  void shouldRefuseModelsThatAreTooManyOrTooDeep() throws Exception {
    String deep = constant(1);
    for (int i = 0; i < 8; i++) {
      deep = product(deep, constant(1));
    }
    refused(COMPOSITE, deep, RefusalCode.LIMIT_EXCEEDED, "nested more than 8 deep");
    String many = constant(1);
    for (int i = 0; i < 6; i++) {
      many = product(many, many);
    }
    refused(COMPOSITE, many, RefusalCode.LIMIT_EXCEEDED, "more than 64");
  }

  @Test
  void shouldRefusePartsOfSeveralOutputs() throws Exception {
    NativeLightgbm classes =
        NativeLightgbm.train(
            new NativeLightgbm.Plan("multiclass num_class=3", 6, 2, "num_leaves=3"), 1);
    ObjectNode model = json.createObjectNode();
    model.put("kind", "segmentation").put("format", 1);
    model.putArray("cuts");
    model.putArray("classes").add("all");
    model.putObject("model").put("kind", "lightgbm").put("format", 1).put("text", classes.text);
    ModelArtefact.Builder artefact =
        Artefacts.of(SEGMENTATION, json.writeValueAsBytes(model), NativeModel.names(6));

    refused(artefact, RefusalCode.UNSUPPORTED, "model has 3 outputs; a part of a model has one");
  }

  private Predictor textOnly(NativeLightgbm model) throws ModelRefusedException {
    return load(model.artefact()).predictor();
  }

  private static String target(String what) {
    return Examples.BUY_TILL_YOU_DIE.replace("\"value\"", "\"" + what + "\"");
  }

  private static String constant(double value) {
    return """
    {"kind": "linear", "format": 1, "link": "identity", "intercept": %s,
     "terms": [{"feature": "orders_90d", "coefficient": 0}]}
    """
        .formatted(value);
  }

  private static String product(String classifier, String regressor) {
    return """
    {"kind": "composite", "format": 1, "combine": "product", "classifier": %s, "regressor": %s}
    """
        .formatted(classifier, regressor);
  }

  private static double sigmoid(double margin) {
    return 1 / (1 + Math.exp(-margin));
  }

  private static Calibration platt(double intercept, double slope) {
    return Calibration.newBuilder()
        .setMethod(CalibrationMethod.PLATT)
        .setInput(CalibrationInput.MARGIN)
        .setIntercept(intercept)
        .setSlope(slope)
        .build();
  }

  private static Calibration isotonic(List<Double> x, List<Double> y) {
    return Calibration.newBuilder()
        .setMethod(CalibrationMethod.ISOTONIC)
        .setInput(CalibrationInput.PREDICTION)
        .setX(x)
        .setY(y)
        .build();
  }

  private ModelKind kind(String model) throws IOException {
    return switch (json.readTree(model).get("kind").asText()) {
      case "linear" -> LINEAR;
      case "composite" -> COMPOSITE;
      case "segmentation" -> SEGMENTATION;
      default -> BUY_TILL_YOU_DIE;
    };
  }

  private void predicts(
      ModelKind kind, String model, double[] vector, double margin, double prediction)
      throws ModelRefusedException {
    load(
        Artefacts.of(kind, model.getBytes(StandardCharsets.UTF_8), Examples.FEATURES)
            .setGoldenRows(List.of(ModelArtefacts.goldenRow(vector, margin, prediction))));
  }

  /** What a model is, whatever it predicts. */
  private Predictor predictor(ModelKind kind, String model, double[] vector) throws Exception {
    return load(artefact(kind, model, vector)).predictor();
  }

  private static ModelArtefact.Builder artefact(ModelKind kind, String model, double[] vector)
      throws Exception {
    return OwnArtefacts.of(kind, model, Examples.FEATURES, vector);
  }

  private void unreadable(ModelKind kind, String model, String from, String to, String reason)
      throws Exception {
    assertThat(model).contains(from);
    refused(kind, model.replace(from, to), RefusalCode.UNREADABLE, reason);
  }

  private void refused(ModelKind kind, String model, RefusalCode code, String reason) {
    refused(
        Artefacts.of(kind, model.getBytes(StandardCharsets.UTF_8), Examples.FEATURES),
        code,
        reason);
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
