package dev.presage.retrain.baseline;

import dev.presage.retrain.rows.Rows;

/**
 * The baseline: one feature, scaled to a probability 1 / (1 + exp(-(intercept + slope * x))).
 *
 * @param name name of the feature
 * @param index its place in the vector
 * @param intercept on the logit scale
 * @param slope on the logit scale; negative where small values are better
 * @param missing value that is put where the feature is missing
 */
public record SingleFeature(
    String name, int index, double intercept, double slope, double missing) {

  SingleFeature at(int place) {
    return new SingleFeature(name, place, intercept, slope, missing);
  }

  /** The probability of every row. */
  public double[] predict(Rows rows) {
    double[] scores = new double[rows.size()];
    for (int row = 0; row < scores.length; row++) {
      scores[row] = predict(rows.value(row, index));
    }
    return scores;
  }

  /**
   * The probability for a value of the feature.
   *
   * @param value any number; NaN is missing
   */
  public double predict(double value) {
    double x = Double.isNaN(value) ? missing : value;
    return 1 / (1 + Math.exp(-(intercept + slope * x)));
  }
}
