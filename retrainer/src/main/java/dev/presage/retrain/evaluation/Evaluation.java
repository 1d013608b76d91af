package dev.presage.retrain.evaluation;

import java.util.List;

/**
 * How well probabilities foretold what happened.
 *
 * @param rows number of rows
 * @param positives how many of them were positive
 * @param auc area under the receiver operating characteristic, ties counting half; NaN unless there
 *     are both positives and negatives
 * @param prAuc average precision; NaN without positives
 * @param logLoss mean negative log likelihood in nats, scores clipped to [1e-15, 1 - 1e-15]; NaN
 *     without rows
 * @param brier mean squared error (Brier, 1950); NaN without rows
 * @param calibration by decile of the score, lowest first
 */
public record Evaluation(
    long rows,
    long positives,
    double auc,
    double prAuc,
    double logLoss,
    double brier,
    List<CalibrationDecile> calibration) {

  public Evaluation {
    calibration = List.copyOf(calibration);
  }

  /**
   * Evaluates scores.
   *
   * @param scores probabilities in [0, 1]
   * @param positive what happened, row by row
   * @throws IllegalArgumentException when the lengths differ or a score is not in [0, 1]
   */
  public static Evaluation of(double[] scores, boolean[] positive) {
    ScoredRows rows = new ScoredRows(scores, positive);
    return new Evaluation(
        rows.rows(),
        rows.positives,
        RocAuc.of(scores, positive),
        AveragePrecision.of(rows),
        LogLoss.of(rows),
        brier(rows),
        CalibrationDecile.of(rows));
  }

  private static double brier(ScoredRows rows) {
    double sum = 0;
    for (int row = 0; row < rows.rows(); row++) {
      double error = rows.scores[row] - (rows.positive[row] ? 1 : 0);
      sum += error * error;
    }
    return sum / rows.rows();
  }
}
