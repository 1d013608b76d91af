package dev.presage.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.schemas.avro.ModelKind;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Models of random shape, trained by the native library, are scored as it scores them. */
class NativeParityTest {
  private final ModelLoader loader = new ModelLoader(ModelLimits.DEFAULTS);

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void shouldScoreAsTheNativeLibraryDoes(@ForAll("plans") NativeModel.Plan plan, @ForAll long seed)
      throws ModelRefusedException {
    NativeModel model = NativeModel.train(plan, seed);
    for (ModelKind kind : new ModelKind[] {ModelKind.XGBOOST_JSON, ModelKind.XGBOOST_UBJSON}) {
      Predictor predictor =
          loader.load(model.artefact(kind).build(), NativeModel.FINGERPRINT).predictor();
      for (int i = 0; i < model.rows.size(); i++) {
        assertThat(predictor.margin(model.rows.get(i))).as("margin").isEqualTo(model.margins[i]);
        float prediction = (float) predictor.predict(model.rows.get(i));
        assertThat(Math.abs(prediction - model.predictions[i]))
            .as("distance of predictions at the margin %s", model.margins[i])
            .isLessThanOrEqualTo(Math.ulp(model.predictions[i]));
      }
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
            "reg:tweedie");
    return Combinators.combine(
            objectives,
            Arbitraries.integers().between(1, 20),
            Arbitraries.integers().between(1, 100),
            Arbitraries.integers().between(1, 8),
            Arbitraries.of(0.01, 0.3, 1.0),
            Arbitraries.of(0.0, 0.5, 1000.0),
            Arbitraries.of("hist", "approx", "exact"),
            Arbitraries.of(1, 3))
        .as(
            (objective, features, rounds, depth, eta, gamma, method, forest) ->
                new NativeModel.Plan(
                    objective,
                    features,
                    500,
                    rounds,
                    Map.of(
                        "max_depth",
                        depth,
                        "eta",
                        eta,
                        "gamma",
                        gamma,
                        "tree_method",
                        method,
                        "num_parallel_tree",
                        // XGBoost trains no forests for this objective.
                        objective.equals("reg:absoluteerror") ? 1 : forest,
                        "subsample",
                        0.7)));
  }
}
