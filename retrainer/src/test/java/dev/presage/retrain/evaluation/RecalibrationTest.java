package dev.presage.retrain.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecalibrationTest {
  private static final int ROWS = 5_000;
  private static final int SAMPLES = 150;

  @Test
  void shouldFindTheBestLineWhereItsLastStepIsLostInRounding() {
    for (int seed = 0; seed < SAMPLES; seed++) {
      Random random = new Random(seed);
      double[] logits = new double[ROWS];
      double[] positive = new double[ROWS];
      for (int row = 0; row < ROWS; row++) {
        logits[row] = random.nextGaussian() + 0.8;
        positive[row] = random.nextDouble() < 1 / (1 + Math.exp(-0.95 * logits[row])) ? 1 : 0;
      }
      double[] weights = new double[ROWS];
      Arrays.fill(weights, 1);
      double[] line = new double[2];

      new Recalibration(logits, positive, weights).write(weights, line, 0);

      assertThat(line[0]).as("slope of sample %d", seed).isEqualTo(0.95, within(0.25));
      assertThat(line[1]).as("intercept of sample %d", seed).isEqualTo(0, within(0.25));
    }
  }
}
