package dev.presage.retrain.split;

import java.util.Arrays;

/**
 * Where a history begins, so that strays do not decide it. A clock that was wrong, or seconds that
 * were taken for milliseconds, puts an event into 1970; divided from there on, all time that
 * matters would lie in the part that judges, and nothing would be left to train on.
 */
public final class HistoryStart {
  private static final double MOST_STRAYS = 0.01;

  private HistoryStart() {}

  /**
   * The first as-of time that is no stray. Strays are at most one row in a hundred, with more time
   * between them and the rest than the rest covers.
   *
   * @param asOf as-of times in any order, at least one
   */
  public static long of(long[] asOf) {
    long[] times = asOf.clone();
    Arrays.sort(times);
    long end = times[times.length - 1];
    int most = (int) (MOST_STRAYS * times.length);
    int start = 0;
    for (int i = 1; i <= most; i++) {
      if (times[i] - times[i - 1] > end - times[i]) {
        start = i;
      }
    }
    return times[start];
  }
}
