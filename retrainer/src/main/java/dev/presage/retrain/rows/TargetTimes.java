package dev.presage.retrain.rows;

import java.util.Arrays;

/** When the target happened to one profile, sorted. Used by one thread. */
public final class TargetTimes {
  private long[] times = new long[2];
  private int size;

  /** Adds a time, in any order. */
  public void add(long time) {
    if (size == times.length) {
      times = Arrays.copyOf(times, size * 2);
    }
    int at = size;
    while (at > 0 && times[at - 1] > time) {
      at--;
    }
    System.arraycopy(times, at, times, at + 1, size - at);
    times[at] = time;
    size++;
  }

  /** Whether it happened in (asOf, asOf + horizon]. */
  public boolean happenedWithin(long asOf, long horizonMillis) {
    int found = Arrays.binarySearch(times, 0, size, asOf + 1);
    int next = found >= 0 ? found : -found - 1;
    return next < size && times[next] <= asOf + horizonMillis;
  }
}
