package dev.presage.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.model.contribution.Contributions;
import dev.presage.schemas.avro.ModelKind;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Contributions to the margins of models of random shape, against the native library's. */
class NativeContributionsTest {
  private static final int ROWS = 40;
  private static final double NEAR = 1e-4;

  private final ModelLoader loader = new ModelLoader(ModelLimits.DEFAULTS);

  @Property(shrinking = ShrinkingMode.OFF)
  void shouldContributeAsInTheNativeLibraryAndSumToTheMargin(
      @ForAll("plans") NativeModel.Plan plan, @ForAll long seed) throws ModelRefusedException {
    NativeModel model = NativeModel.train(plan, seed, ROWS);
    Predictor predictor =
        loader
            .load(model.artefact(ModelKind.XGBOOST_UBJSON).build(), NativeModel.FINGERPRINT)
            .predictor();
    Contributions contributions = predictor.contributions();
    if (contributions == null) {
      assertThat(model.dump()).as("covers").anyMatch(tree -> tree.contains("cover=-"));
      return;
    }
    assertThat(contributions.outputs()).isEqualTo(predictor.outputs());

    float[][] expected = model.contributions(ROWS);
    int features = predictor.features();
    double[] actual = new double[features];
    for (int row = 0; row < ROWS; row++) {
      for (int output = 0; output < predictor.outputs(); output++) {
        contributions.write(output, model.rows.get(row), actual);
        float margin = model.outputMargins[row][output];
        double near = NEAR * scale(actual, margin);
        for (int feature = 0; feature < features; feature++) {
          assertNear(actual[feature], expected[row][output * (features + 1) + feature], near);
        }
        double bias = contributions.expected(output);
        assertNear(bias, expected[row][output * (features + 1) + features], near);
        assertNear(bias + Arrays.stream(actual).sum(), margin, near);
      }
    }
  }

  private static double scale(double[] contributions, float margin) {
    return Arrays.stream(contributions)
        .map(Math::abs)
        .reduce(Math.max(1, Math.abs(margin)), Math::max);
  }

  private static void assertNear(double actual, double expected, double near) {
    if (!(Math.abs(actual - expected) <= near)) {
      assertThat(actual).isEqualTo(expected);
    }
  }

  @Provide
  Arbitrary<NativeModel.Plan> plans() {
    return new NativeParityTest().plans();
  }
}
