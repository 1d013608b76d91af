package dev.presage.retrain.evaluation;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Area under the precision-recall curve as the average precision: the sum over the distinct scores,
 * highest first, of the gain in recall times the precision down to and including that score. Equal
 * scores are one threshold, so that the order of rows does not matter; nothing is interpolated
 * (Davis and Goadrich, 2006).
 */
final class AveragePrecision {
  private AveragePrecision() {}

  /** In [0, 1]; NaN where there are no positives. */
  static double of(ScoredRows rows) {
    if (rows.positives == 0) {
      return Double.NaN;
    }
    Integer[] order = new Integer[rows.rows()];
    Arrays.setAll(order, row -> row);
    Arrays.sort(order, Comparator.comparingDouble((Integer row) -> rows.scores[row]).reversed());
    double area = 0;
    long found = 0;
    long foundBefore = 0;
    for (int seen = 0; seen < order.length; seen++) {
      if (rows.positive[order[seen]]) {
        found++;
      }
      boolean lastOfThreshold =
          seen + 1 == order.length || rows.scores[order[seen + 1]] != rows.scores[order[seen]];
      if (lastOfThreshold) {
        area += (found - foundBefore) / (double) rows.positives * found / (seen + 1.0);
        foundBefore = found;
      }
    }
    return area;
  }
}
