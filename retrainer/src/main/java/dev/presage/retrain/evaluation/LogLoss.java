package dev.presage.retrain.evaluation;

/** Mean negative log likelihood in nats; scores are clipped to [1e-15, 1 - 1e-15]. */
public final class LogLoss {
  private static final double CLIP = 1e-15;

  private LogLoss() {}

  /**
   * The log loss.
   *
   * @param scores probabilities in [0, 1]
   * @param positive what happened, row by row
   * @return at least 0; NaN without rows
   * @throws IllegalArgumentException when the lengths differ or a score is not in [0, 1]
   */
  public static double of(double[] scores, boolean[] positive) {
    return of(new ScoredRows(scores, positive));
  }

  static double of(ScoredRows rows) {
    double sum = 0;
    for (int row = 0; row < rows.rows(); row++) {
      double score = Math.clamp(rows.scores[row], CLIP, 1 - CLIP);
      sum -= rows.positive[row] ? Math.log(score) : Math.log1p(-score);
    }
    return sum / rows.rows();
  }
}
