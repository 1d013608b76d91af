package dev.presage.model;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/** Models of random shape, trained by LightGBM's native library, are scored as it scores them. */
class LightgbmParityTest {
  private final ModelLoader loader = new ModelLoader(ModelLimits.DEFAULTS);

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void shouldScoreAsTheNativeLibraryDoes(
      @ForAll("plans") NativeLightgbm.Plan plan, @ForAll long seed) throws ModelRefusedException {
    NativeLightgbm model = NativeLightgbm.train(plan, seed);
    Predictor predictor =
        loader.load(model.artefact().build(), NativeModel.FINGERPRINT).predictor();
    double[] into = new double[predictor.outputs()];
    assertThat(into).hasSize(plan.isOfClasses() ? 3 : 1);

    for (int i = 0; i < model.rows.size(); i++) {
      double[] vector = model.rows.get(i);
      predictor.margins(vector, into);
      assertThat(into).as("margins").containsExactly(model.margins[i]);
      int likeliest = likeliest(into);
      assertThat(predictor.margin(vector)).isEqualTo(into[likeliest]);
      predictor.predict(vector, into);
      assertNear(into, model.predictions[i]);
      assertThat(predictor.predict(vector)).isEqualTo(into.length == 1 ? into[0] : likeliest);
    }
  }

  private static int likeliest(double[] margins) {
    int likeliest = 0;
    for (int i = 1; i < margins.length; i++) {
      likeliest = margins[i] > margins[likeliest] ? i : likeliest;
    }
    return likeliest;
  }

  private static void assertNear(double[] actual, double[] expected) {
    for (int output = 0; output < expected.length; output++) {
      assertThat(Math.abs(actual[output] - expected[output]))
          .as("prediction of output %d: %s, native %s", output, actual[output], expected[output])
          .isLessThanOrEqualTo(1e-9 * Math.abs(expected[output]));
    }
  }

  /** Mostly few, as training takes the longest. */
  private static Arbitrary<Integer> rounds() {
    return Arbitraries.frequencyOf(
        Tuple.of(19, Arbitraries.integers().between(1, 60)),
        Tuple.of(1, Arbitraries.integers().between(61, 500)));
  }

  @Provide
  Arbitrary<NativeLightgbm.Plan> plans() {
    Arbitrary<String> objectives =
        Arbitraries.of(
            "regression",
            "regression reg_sqrt=true",
            "regression_l1",
            "huber",
            "fair",
            "poisson",
            "quantile alpha=0.3",
            "mape",
            "gamma",
            "tweedie tweedie_variance_power=1.3",
            "binary",
            "binary sigmoid=0.7",
            "cross_entropy",
            "cross_entropy_lambda",
            "multiclass num_class=3",
            "multiclassova num_class=3 sigmoid=1.5");
    Arbitrary<String> boosters =
        Arbitraries.of(
            "boosting=gbdt",
            "boosting=dart drop_rate=0.5",
            "boosting=rf bagging_freq=1 bagging_fraction=0.6",
            "data_sample_strategy=goss");
    Arbitrary<String> missing =
        Arbitraries.of("use_missing=true", "use_missing=false", "zero_as_missing=true");
    Arbitrary<String> categories =
        Arbitraries.of(
            "",
            "categorical_feature=1",
            "categorical_feature=1,5 max_cat_to_onehot=1 min_data_per_group=5 cat_smooth=1");
    return Combinators.combine(
            objectives,
            boosters,
            missing,
            categories,
            Arbitraries.integers().between(6, 20),
            rounds(),
            Arbitraries.of(2, 4, 31, 200),
            Arbitraries.of(-1, 1, 3, 12))
        .as(
            (objective, booster, absent, categorical, features, rounds, leaves, depth) ->
                new NativeLightgbm.Plan(
                    objective,
                    features,
                    rounds,
                    "%s %s %s num_leaves=%d max_depth=%d min_data_in_leaf=3"
                        .formatted(booster, absent, categorical, leaves, depth)));
  }
}
