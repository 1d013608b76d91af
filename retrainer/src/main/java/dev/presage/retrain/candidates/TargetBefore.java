package dev.presage.retrain.candidates;

import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.selection.UsedFeatures;
import java.util.Optional;

/**
 * Tells by one feature whether the target has happened to a profile before: a count that is at
 * least 1 then, or a time since it happened that is there only then. Whether a feature does is not
 * read off its declaration but seen in the rows.
 *
 * @param feature name of the feature
 * @param position its place in the vector
 * @param bound the least value that tells so
 */
record TargetBefore(String feature, int position, double bound) {
  /** Not all: a profile that was absorbed later did not know what the other had done. */
  private static final double LEAST_AGREEMENT = 0.99;

  /**
   * The feature that tells best, the first of equals; none where all of them are too often wrong.
   */
  static Optional<TargetBefore> in(UsedFeatures features, Rows rows) {
    TargetBefore best = null;
    double bestAgreement = LEAST_AGREEMENT;
    for (int position : features.positions()) {
      // A time since can be 0, a count is 0 where there is nothing to count.
      for (double bound : new double[] {1, 0}) {
        TargetBefore it = new TargetBefore(features.schema().get(position), position, bound);
        double agreement = it.agreement(rows);
        if (agreement > bestAgreement) {
          best = it;
          bestAgreement = agreement;
        }
      }
    }
    return Optional.ofNullable(best);
  }

  boolean holds(Rows rows, int row) {
    return rows.value(row, position) >= bound;
  }

  /** The comparison, as models that are made of two are given it. */
  String document() {
    return "[{\"feature\":%s,\"is\":\"at_least\",\"value\":%s}]"
        .formatted(Json.text(feature), bound);
  }

  /** Share of rows for which it is right, of those it had happened to or of the others. */
  private double agreement(Rows rows) {
    long[] all = new long[2];
    long[] right = new long[2];
    for (int row = 0; row < rows.size(); row++) {
      int group = rows.targetBefore(row) ? 1 : 0;
      all[group]++;
      if (holds(rows, row) == rows.targetBefore(row)) {
        right[group]++;
      }
    }
    return Math.min(share(right[0], all[0]), share(right[1], all[1]));
  }

  private static double share(long part, long all) {
    return all == 0 ? 1 : part / (double) all;
  }
}
