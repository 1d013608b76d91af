package dev.presage.retrain.baseline;

import dev.presage.retrain.rows.Rows;

/**
 * The baseline: one feature, scaled.
 *
 * @param scale what it is scaled to
 * @param name name of the feature
 * @param index its place in the vector
 * @param intercept see {@link Scale}
 * @param slope see {@link Scale}; negative where small values are better
 * @param missing value that is put where the feature is missing
 */
public record SingleFeature(
    Scale scale, String name, int index, double intercept, double slope, double missing) {

  /** The probability, or the amount, of every row. */
  public double[] predict(Rows rows) {
    double[] scores = new double[rows.size()];
    for (int row = 0; row < scores.length; row++) {
      scores[row] = predict(rows.value(row, index));
    }
    return scores;
  }

  /**
   * The probability, or the amount, for a value of the feature.
   *
   * @param value any number; NaN is missing
   */
  public double predict(double value) {
    return scale.predict(intercept, slope, Double.isNaN(value) ? missing : value);
  }
}
