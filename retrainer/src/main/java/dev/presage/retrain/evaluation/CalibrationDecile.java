package dev.presage.retrain.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * One tenth of the rows by score, lowest first: what was foretold beside what happened.
 *
 * @param decile from 1 to 10
 * @param rows number of rows, at least 1
 * @param meanScore mean of their scores
 * @param rate share of them that were positive
 */
public record CalibrationDecile(int decile, long rows, double meanScore, double rate) {
  private static final int DECILES = 10;

  /**
   * The deciles that have rows. Rows of equal score share the decile of their mean rank, so that
   * the order of rows does not matter; with many ties a decile can be empty and is left out.
   */
  static List<CalibrationDecile> of(ScoredRows rows) {
    double[] ranks = Ranks.of(rows.scores);
    long[] counts = new long[DECILES];
    long[] positives = new long[DECILES];
    double[] sums = new double[DECILES];
    for (int row = 0; row < ranks.length; row++) {
      int decile = (int) ((ranks[row] - 0.5) * DECILES / ranks.length);
      counts[decile]++;
      sums[decile] += rows.scores[row];
      if (rows.positive[row]) {
        positives[decile]++;
      }
    }
    List<CalibrationDecile> deciles = new ArrayList<>();
    for (int i = 0; i < DECILES; i++) {
      if (counts[i] > 0) {
        double size = counts[i];
        deciles.add(new CalibrationDecile(i + 1, counts[i], sums[i] / size, positives[i] / size));
      }
    }
    return deciles;
  }
}
