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

  /** Adds times of another. */
  void addAll(TargetTimes other) {
    for (int i = 0; i < other.size; i++) {
      add(other.times[i]);
    }
  }

  /** The first time, where it is not after a time; {@link Long#MIN_VALUE} where there is none. */
  long firstUntil(long asOf) {
    return size == 0 || times[0] > asOf ? Long.MIN_VALUE : times[0];
  }

  /** The last time that is not after a time; {@link Long#MIN_VALUE} where there is none. */
  public long lastUntil(long asOf) {
    int next = next(asOf + 1);
    return next == 0 ? Long.MIN_VALUE : times[next - 1];
  }

  /** Whether it happened in (asOf, asOf + horizon]. */
  public boolean happenedWithin(long asOf, long horizonMillis) {
    int next = next(asOf + 1);
    return next < size && times[next] <= asOf + horizonMillis;
  }

  /** Place of the first one from a time on. */
  private int next(long from) {
    int found = Arrays.binarySearch(times, 0, size, from);
    while (found > 0 && times[found - 1] == from) {
      found--;
    }
    return found >= 0 ? found : -found - 1;
  }
}
