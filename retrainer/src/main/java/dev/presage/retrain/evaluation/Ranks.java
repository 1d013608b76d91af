package dev.presage.retrain.evaluation;

import org.hipparchus.stat.ranking.NaNStrategy;
import org.hipparchus.stat.ranking.NaturalRanking;
import org.hipparchus.stat.ranking.TiesStrategy;

/** Ranks from 1; equal values share the mean of their ranks. */
final class Ranks {
  private Ranks() {}

  static double[] of(double[] values) {
    // The ranking refuses an empty array by an exception of its own.
    return values.length == 0
        ? new double[0]
        : new NaturalRanking(NaNStrategy.FAILED, TiesStrategy.AVERAGE).rank(values);
  }
}
