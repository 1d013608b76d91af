package dev.presage.features.series;

import java.util.Arrays;

/**
 * The events of a series that are held one by one, ordered by time and at the same millisecond by
 * value, so that what is held does not depend on the order in which it came.
 */
public final class EventBuffer {
  private static final double[] NO_VALUES = {};
  private static final int INITIAL_CAPACITY = 4;

  private final boolean numeric;
  private long[] times = new long[INITIAL_CAPACITY];
  private double[] values;
  private int from;
  private int to;

  EventBuffer(boolean numeric) {
    this.numeric = numeric;
    this.values = numeric ? new double[INITIAL_CAPACITY] : NO_VALUES;
  }

  /** Returns how many events there are. */
  public int size() {
    return to - from;
  }

  /** Returns the time of the event at an index, the oldest first. */
  public long time(int index) {
    return times[from + index];
  }

  /** Returns the value of the event at an index; 0 in a series without values. */
  public double value(int index) {
    return numeric ? values[from + index] : 0;
  }

  /** Puts an event where it belongs. */
  public void insert(long time, double value) {
    makeRoom();
    int at = to;
    while (at > from && isAfter(at - 1, time, value)) {
      at--;
    }
    System.arraycopy(times, at, times, at + 1, to - at);
    times[at] = time;
    if (numeric) {
      System.arraycopy(values, at, values, at + 1, to - at);
      values[at] = value;
    }
    to++;
  }

  /** Says whether an event comes before all that are held, of which there is one. */
  boolean isBeforeOldest(long time, double value) {
    return isAfter(from, time, value);
  }

  /** Forgets the oldest events. */
  void removeOldest(int count) {
    from += count;
  }

  /** Returns the number of events at or before a time. */
  int countUntil(long time) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] <= time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - from;
  }

  private boolean isAfter(int position, long time, double value) {
    return times[position] > time
        || (times[position] == time && numeric && values[position] > value);
  }

  private void makeRoom() {
    if (to < times.length) {
      return;
    }
    if (from > 0) {
      System.arraycopy(times, from, times, 0, to - from);
      if (numeric) {
        System.arraycopy(values, from, values, 0, to - from);
      }
      to -= from;
      from = 0;
    } else {
      int capacity = Math.min(2 * to, Math.max(to + 1, SeriesState.MAX_HELD + SeriesState.BATCH));
      times = Arrays.copyOf(times, capacity);
      if (numeric) {
        values = Arrays.copyOf(values, capacity);
      }
    }
  }
}
