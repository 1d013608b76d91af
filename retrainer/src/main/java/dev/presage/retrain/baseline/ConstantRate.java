package dev.presage.retrain.baseline;

import dev.presage.retrain.rows.Rows;
import java.util.Arrays;

/**
 * A baseline that tells nobody apart: everybody has the mean of rows that went before.
 *
 * @param rate of likelihoods the share of positives, in [0, 1]; of amounts their mean, at least 0
 */
public record ConstantRate(double rate) {
  /** The rate of rows, at least one, by their weight. */
  public static ConstantRate of(Scale scale, Rows rows) {
    return new ConstantRate(scale.constant(rows));
  }

  /** The prediction of every row. */
  public double[] predict(Rows rows) {
    double[] scores = new double[rows.size()];
    Arrays.fill(scores, rate);
    return scores;
  }
}
