package dev.presage.retrain.baseline;

import dev.presage.retrain.rows.Rows;
import java.util.Arrays;

/**
 * A baseline that tells nobody apart: everybody has the rate of rows that went before.
 *
 * @param rate share of positives, in [0, 1]
 */
public record ConstantRate(double rate) {
  /** The rate of rows, at least one, by their weight. */
  public static ConstantRate of(Rows rows) {
    double all = 0;
    double positives = 0;
    for (int row = 0; row < rows.size(); row++) {
      all += rows.weight(row);
      positives += rows.positive(row) ? rows.weight(row) : 0;
    }
    return new ConstantRate(positives / all);
  }

  /** The probability of every row. */
  public double[] predict(Rows rows) {
    double[] scores = new double[rows.size()];
    Arrays.fill(scores, rate);
    return scores;
  }
}
