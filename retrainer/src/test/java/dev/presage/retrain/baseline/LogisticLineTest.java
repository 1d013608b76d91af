package dev.presage.retrain.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LogisticLineTest {

  @Test
  void shouldFindTheLineThatMadeTheOutcomes() {
    Random random = new Random(7);
    double[] x = new double[200_000];
    boolean[] positive = new boolean[x.length];
    for (int row = 0; row < x.length; row++) {
      x[row] = 50 + 20 * random.nextGaussian();
      positive[row] = random.nextDouble() < 1 / (1 + Math.exp(-(3 - 0.08 * x[row])));
    }

    LogisticLine line = LogisticLine.fit(x, positive);

    assertThat(line.intercept()).isCloseTo(3, within(0.05));
    assertThat(line.slope()).isCloseTo(-0.08, within(0.001));
  }

  @Test
  void shouldMatchTheMeanRateWhereOneValueHasTwoOutcomes() {
    double[] x = {0, 0, 0, 0, 1, 1, 1, 1};
    boolean[] positive = {true, false, false, false, true, true, true, false};

    LogisticLine line = LogisticLine.fit(x, positive);

    assertThat(line.intercept()).isCloseTo(Math.log(1.0 / 3), within(1e-2));
    assertThat(line.intercept() + line.slope()).isCloseTo(Math.log(3), within(1e-2));
  }

  @Test
  void shouldEndWhereTheOutcomesAreSeparable() {
    double[] x = {1, 2, 3, 1_000_000};
    boolean[] positive = {false, false, true, true};

    LogisticLine line = LogisticLine.fit(x, positive);

    assertThat(line.intercept()).isFinite();
    assertThat(line.slope()).isFinite().isPositive();
  }
}
