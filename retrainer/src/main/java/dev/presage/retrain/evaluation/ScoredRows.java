package dev.presage.retrain.evaluation;

/** Scores in [0, 1] and what happened, row by row. The arrays are the caller's and not copied. */
final class ScoredRows {
  final double[] scores;
  final boolean[] positive;
  final int positives;

  /**
   * Checks the rows.
   *
   * @throws IllegalArgumentException when the lengths differ or a score is not in [0, 1]
   */
  ScoredRows(double[] scores, boolean[] positive) {
    if (scores.length != positive.length) {
      throw new IllegalArgumentException(
          "%d scores, but %d outcomes".formatted(scores.length, positive.length));
    }
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
    this.positives = count;
  }

  int rows() {
    return scores.length;
  }
}
