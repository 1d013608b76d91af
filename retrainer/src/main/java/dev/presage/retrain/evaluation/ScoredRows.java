package dev.presage.retrain.evaluation;

import java.util.Arrays;

/**
 * Scores in [0, 1], what happened, and what each row counts. The arrays are the caller's and not
 * copied.
 */
final class ScoredRows {
  final double[] scores;
  final boolean[] positive;
  final double[] weights;
  final int positives;

  /**
   * Checks the rows; every one counts once.
   *
   * @throws IllegalArgumentException when the lengths differ or a score is not in [0, 1]
   */
  ScoredRows(double[] scores, boolean[] positive) {
    this(scores, positive, ones(scores.length));
  }

  /**
   * Checks the rows.
   *
   * @throws IllegalArgumentException when the lengths differ, a score is not in [0, 1] or a weight
   *     is negative or not finite
   */
  ScoredRows(double[] scores, boolean[] positive, double[] weights) {
    if (scores.length != positive.length) {
      throw new IllegalArgumentException(
          "%d scores, but %d outcomes".formatted(scores.length, positive.length));
    }
    Weights.check(weights, scores.length);
    int count = 0;
    for (int row = 0; row < scores.length; row++) {
      if (!(scores[row] >= 0 && scores[row] <= 1)) {
        throw new IllegalArgumentException(
            "The score of row %d is %s; expected one in [0, 1]".formatted(row, scores[row]));
      }
      if (positive[row]) {
        count++;
      }
    }
    this.scores = scores;
    this.positive = positive;
    this.weights = weights;
    this.positives = count;
  }

  int rows() {
    return scores.length;
  }

  private static double[] ones(int rows) {
    double[] ones = new double[rows];
    Arrays.fill(ones, 1);
    return ones;
  }
}
