package dev.presage.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.schemas.avro.Lineage;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/**
 * Models of random shape, trained by the native library, are scored as it scores them: all boosters
 * and objectives but {@code survival:aft}, which cannot be trained from Java (a fixture has it).
 */
class NativeParityTest {
  private static final int ROWS = 2000;

  private final ModelLoader loader = new ModelLoader(ModelLimits.DEFAULTS);

  @Property(shrinking = ShrinkingMode.OFF)
  void shouldScoreAsTheNativeLibraryDoes(@ForAll("plans") NativeModel.Plan plan, @ForAll long seed)
      throws ModelRefusedException {
    NativeModel model = NativeModel.train(plan, seed, ROWS);
    for (ModelKind kind : new ModelKind[] {ModelKind.XGBOOST_JSON, ModelKind.XGBOOST_UBJSON}) {
      // The farther of two base margins, one in five thousand, shows in some rows only.
      ModelArtefact artefact = model.artefact(kind).setGoldenRows(model.goldenRows(500)).build();
      Predictor predictor = loader.load(artefact, NativeModel.FINGERPRINT).predictor();
      assertThat(predictor.outputs()).isEqualTo(plan.classes());
      checkSingleOutput(model, predictor);
      checkAllOutputs(model, predictor);
      if (plan.classes() > 1) {
        checkOneClass(model, artefact, (int) Math.floorMod(seed, (long) plan.classes()));
      }
    }
  }

  private static void checkSingleOutput(NativeModel model, Predictor predictor) {
    for (int i = 0; i < model.rows.size(); i++) {
      assertMargin(predictor.margin(model.rows.get(i)), model.margins[i]);
      assertPrediction(predictor.predict(model.rows.get(i)), model.predictions[i]);
    }
  }

  private static void checkAllOutputs(NativeModel model, Predictor predictor) {
    double[] margins = new double[predictor.outputs()];
    double[] predictions = new double[predictor.outputs()];
    for (int i = 0; i < model.rows.size(); i++) {
      predictor.margins(model.rows.get(i), margins);
      predictor.predict(model.rows.get(i), predictions);
      boolean probabilities = model.outputPredictions[i].length == margins.length;
      for (int output = 0; output < margins.length; output++) {
        assertMargin(margins[output], model.outputMargins[i][output]);
        if (probabilities) {
          assertPrediction(predictions[output], model.outputPredictions[i][output]);
        }
      }
    }
  }

  /** The artefact asks for a class: its margin, and its probability where the library gives it. */
  private void checkOneClass(NativeModel model, ModelArtefact artefact, int output)
      throws ModelRefusedException {
    double[] probabilities = new double[model.outputMargins[0].length];
    Predictor all = loader.load(artefact, NativeModel.FINGERPRINT).predictor();
    ModelArtefact.Builder one = ModelArtefact.newBuilder(artefact);
    one.setLineage(
        Lineage.newBuilder(artefact.getLineage())
            .setParameters(Map.of("predict.class", Integer.toString(output)))
            .build());
    one.setGoldenRows(
        IntStream.range(0, 20)
            .mapToObj(
                i -> {
                  all.predict(model.rows.get(i), probabilities);
                  return ModelArtefacts.goldenRow(
                      model.rows.get(i),
                      model.outputMargins[i][output],
                      (float) probabilities[output]);
                })
            .toList());
    Predictor predictor = loader.load(one.build(), NativeModel.FINGERPRINT).predictor();
    assertThat(predictor.outputs()).isEqualTo(1);
    for (int i = 0; i < model.rows.size(); i++) {
      all.predict(model.rows.get(i), probabilities);
      assertMargin(predictor.margin(model.rows.get(i)), model.outputMargins[i][output]);
      assertPrediction(predictor.predict(model.rows.get(i)), (float) probabilities[output]);
    }
  }

  private static void assertMargin(double margin, float expected) {
    if (Double.doubleToLongBits(margin) != Double.doubleToLongBits(expected)) {
      assertThat(margin).as("margin").isEqualTo(expected);
    }
  }

  private static void assertPrediction(double prediction, float expected) {
    if (!Closeness.FLOAT_NEIGHBOUR.holds(expected, prediction)) {
      assertThat(prediction).as("prediction").isEqualTo(expected);
    }
  }

  @Provide
  Arbitrary<NativeModel.Plan> plans() {
    Arbitrary<String> objectives =
        Arbitraries.of(
            "binary:logistic",
            "binary:logitraw",
            "reg:logistic",
            "reg:squarederror",
            "reg:squaredlogerror",
            "reg:absoluteerror",
            "reg:pseudohubererror",
            "count:poisson",
            "reg:gamma",
            "reg:tweedie",
            "rank:pairwise",
            "rank:ndcg",
            "survival:cox",
            "multi:softprob",
            "multi:softmax");
    return Combinators.combine(objectives, boosters(), shapes())
        .as(NativeParityTest::plan)
        .filter(NativeParityTest::canBeTrained);
  }

  private static Arbitrary<Map<String, Object>> boosters() {
    Arbitrary<Map<String, Object>> trees =
        Combinators.combine(
                Arbitraries.of(0.01, 0.3, 1.0),
                Arbitraries.of(0.0, 0.5, 1000.0),
                Arbitraries.of("hist", "approx", "exact"),
                Arbitraries.of(1, 3),
                Arbitraries.of(1, 100),
                Arbitraries.of(true, false))
            .as(
                (eta, gamma, method, forest, oneHot, categorical) ->
                    Map.of(
                        "eta",
                        eta,
                        "gamma",
                        gamma,
                        "tree_method",
                        method,
                        "num_parallel_tree",
                        forest,
                        "max_cat_to_onehot",
                        oneHot,
                        "subsample",
                        0.7,
                        NativeModel.Plan.CATEGORICAL,
                        categorical && !method.equals("exact")));
    Arbitrary<Map<String, Object>> dart =
        Combinators.combine(trees, Arbitraries.of("tree", "forest"), Arbitraries.of(0.0, 0.3))
            .as(
                (of, normalized, drop) -> {
                  Map<String, Object> all = new HashMap<>(of);
                  all.put("booster", "dart");
                  all.put("normalize_type", normalized);
                  all.put("rate_drop", drop);
                  return all;
                });
    Arbitrary<Map<String, Object>> linear =
        Arbitraries.of("shotgun", "coord_descent")
            .map(
                updater ->
                    Map.of("booster", "gblinear", "updater", updater, "eta", 0.2, "lambda", 1.0));
    return Arbitraries.frequencyOf(Tuple.of(6, trees), Tuple.of(2, dart), Tuple.of(1, linear));
  }

  private static Arbitrary<Shape> shapes() {
    Arbitrary<Shape> usual =
        Combinators.combine(
                Arbitraries.integers().between(1, 20),
                Arbitraries.integers().between(1, 40),
                Arbitraries.integers().between(1, 8))
            .as(Shape::new);
    Arbitrary<Shape> deep =
        Arbitraries.integers().between(9, 12).map(depth -> new Shape(10, 5, depth));
    Arbitrary<Shape> many =
        Arbitraries.integers().between(100, 500).map(rounds -> new Shape(5, rounds, 2));
    return Arbitraries.frequencyOf(Tuple.of(20, usual), Tuple.of(3, deep), Tuple.of(1, many));
  }

  private static NativeModel.Plan plan(String objective, Map<String, Object> booster, Shape shape) {
    Map<String, Object> parameters = new HashMap<>(booster);
    parameters.put("max_depth", shape.depth);
    int rounds = shape.rounds;
    if (objective.startsWith("multi:")) {
      parameters.put("num_class", 2 + shape.features % 4);
      rounds = Math.min(rounds, 50);
    }
    if (parameters.containsKey("normalize_type")) {
      rounds = Math.min(rounds, 30);
    }
    return new NativeModel.Plan(objective, shape.features, 300, rounds, parameters);
  }

  /** XGBoost trains neither forests nor linear models for this objective. */
  private static boolean canBeTrained(NativeModel.Plan plan) {
    return !plan.objective().equals("reg:absoluteerror")
        || Integer.valueOf(1).equals(plan.parameters().get("num_parallel_tree"));
  }

  private record Shape(int features, int rounds, int depth) {}
}
