package dev.presage.retrain.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class LinkedRegressionTest {
  private static final double[] TRUTH = {-0.5, 1.2, -0.7, 0};

  @Test
  void shouldFindTheLineThatMadeTheOutcomes() {
    double[] beta = sample(1, 50_000).fit(0, new double[TRUTH.length]);

    assertThat(beta).containsExactly(TRUTH, within(0.05));
  }

  /** The gradient of the mean loss and the ridge vanishes where the loss is least. */
  @Property(tries = 50)
  void shouldEndWhereNoDirectionIsDownhill(@ForAll long seed) {
    Random random = new Random(seed);
    double ridge = Math.pow(10, -3 * random.nextDouble());
    double[][] rows = new double[60][3];
    double[] positive = new double[rows.length];
    double[] weights = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      Arrays.setAll(rows[i], at -> random.nextGaussian());
      positive[i] = rows[i][0] > random.nextGaussian() ? 1 : 0;
      weights[i] = 0.1 + random.nextDouble();
    }

    double[] beta =
        new LinkedRegression(Loss.LOGISTIC, rows, positive, weights).fit(ridge, new double[4]);

    double[] gradient = new double[4];
    for (int i = 0; i < rows.length; i++) {
      double p = Loss.LOGISTIC.prediction(LinkedRegression.margin(beta, rows[i]));
      double error = weights[i] * (p - positive[i]) / Arrays.stream(weights).sum();
      gradient[0] += error;
      for (int j = 0; j < 3; j++) {
        gradient[j + 1] += error * rows[i][j];
      }
    }
    for (int j = 0; j < 3; j++) {
      gradient[j + 1] += ridge * beta[j + 1];
    }
    assertThat(gradient).containsExactly(new double[4], within(1e-4));
  }

  @Test
  void shouldCountARowOfWeightTwoAsTwoRows() {
    double[][] once = {{0}, {1}, {2}, {3}};
    double[] outcomes = {0, 1, 0, 1};
    double[][] twice = {{0}, {1}, {1}, {2}, {3}};
    double[] twiceOutcomes = {0, 1, 1, 0, 1};

    double[] weighted =
        new LinkedRegression(Loss.LOGISTIC, once, outcomes, new double[] {1, 2, 1, 1})
            .fit(0.1, new double[2]);
    double[] repeated =
        new LinkedRegression(Loss.LOGISTIC, twice, twiceOutcomes, new double[] {1, 1, 1, 1, 1})
            .fit(0.1, new double[2]);

    assertThat(weighted).containsExactly(repeated, within(1e-9));
  }

  @Test
  void shouldEndWhereTheClassesAreSeparable() {
    double[][] rows = {{-2}, {-1}, {1}, {2}};
    double[] positive = {0, 0, 1, 1};

    double[] beta =
        new LinkedRegression(Loss.LOGISTIC, rows, positive, new double[] {1, 1, 1, 1})
            .fit(1e-3, new double[2]);

    assertThat(beta[1]).isBetween(1.0, 100.0);
  }

  @Test
  void shouldRefuseRowsOfDifferentNumbers() {
    assertThatThrownBy(
            () ->
                new LinkedRegression(Loss.LOGISTIC, new double[1][1], new double[2], new double[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 rows, 2 labels, 1 weights");
  }

  @Test
  void shouldFindTheAmountsThatALogarithmOfALineMakes() {
    Random random = new Random(5);
    double[][] rows = new double[40_000][2];
    double[] amounts = new double[rows.length];
    double[] weights = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      Arrays.setAll(rows[i], at -> random.nextGaussian());
      double mean = Math.exp(3 + 0.5 * rows[i][0] - 0.25 * rows[i][1]);
      amounts[i] = random.nextInt(4) == 0 ? 4 * mean * random.nextDouble() * 2 : 0;
      weights[i] = 1;
    }
    LinkedRegression regression = new LinkedRegression(Loss.TWEEDIE, rows, amounts, weights);

    double[] beta = regression.fit(0, regression.start(2));

    assertThat(beta).containsExactly(new double[] {3, 0.5, -0.25}, within(0.06));
  }

  /** Slope and curvature are what a small step makes of the loss. */
  @Property(tries = 200)
  void shouldKnowItsDerivatives(
      @ForAll Loss loss, @ForAll @DoubleRange(min = -4, max = 4) double margin) {
    double label = loss == Loss.LOGISTIC ? Math.abs(Math.rint(margin)) % 2 : Math.abs(3 * margin);
    double step = 1e-4;
    double before = loss.of(margin - step, label);
    double here = loss.of(margin, label);
    double after = loss.of(margin + step, label);

    assertThat(loss.slope(margin, label)).isCloseTo((after - before) / (2 * step), within(1e-5));
    assertThat(loss.curvature(margin, label))
        .isCloseTo((after - 2 * here + before) / (step * step), within(1e-3))
        .isNotNegative();
    assertThat(loss.margin(loss.prediction(margin))).isCloseTo(margin, within(1e-9));
  }

  private static LinkedRegression sample(long seed, int size) {
    Random random = new Random(seed);
    double[][] rows = new double[size][TRUTH.length - 1];
    double[] positive = new double[size];
    double[] weights = new double[size];
    for (int i = 0; i < size; i++) {
      Arrays.setAll(rows[i], at -> random.nextGaussian());
      positive[i] =
          random.nextDouble() < Loss.LOGISTIC.prediction(LinkedRegression.margin(TRUTH, rows[i]))
              ? 1
              : 0;
      weights[i] = 1;
    }
    return new LinkedRegression(Loss.LOGISTIC, rows, positive, weights);
  }
}
