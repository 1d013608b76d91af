package dev.presage.retrain.evaluation;

/** What each row counts. */
final class Weights {
  private Weights() {}

  /**
   * @throws IllegalArgumentException when there is not one a row, or one is negative or not finite
   */
  static void check(double[] weights, int rows) {
    if (weights.length != rows) {
      throw new IllegalArgumentException("%d rows, but %d weights".formatted(rows, weights.length));
    }
    for (int row = 0; row < rows; row++) {
      if (!(weights[row] >= 0 && weights[row] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "The weight of row %d is %s; expected a number from 0 on".formatted(row, weights[row]));
      }
    }
  }
}
