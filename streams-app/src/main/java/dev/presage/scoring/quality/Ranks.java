package dev.presage.scoring.quality;

import java.util.Arrays;

/** Ranks from 1; equal values share the mean of their ranks. */
final class Ranks {
  private Ranks() {}

  /**
   * @param values none of which is NaN; not changed
   */
  static double[] of(double[] values) {
    double[] sorted = Arrays.stream(values).map(it -> it + 0.0).sorted().toArray();
    double[] ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      // -0.0 and 0.0 are equal, and sorted apart where nothing is added.
      double value = values[i] + 0.0;
      ranks[i] = (countBelow(sorted, value, false) + 1 + countBelow(sorted, value, true)) / 2.0;
    }
    return ranks;
  }

  /** How many of them are less than a value, or less or equal. */
  private static int countBelow(double[] ascending, double value, boolean orEqual) {
    int low = 0;
    int high = ascending.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending[middle] < value || (orEqual && ascending[middle] == value)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
