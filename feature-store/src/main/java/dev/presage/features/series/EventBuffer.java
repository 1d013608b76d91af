package dev.presage.features.series;

import java.util.Arrays;

/**
 * The events of a series that are held one by one, ordered by time and at the same millisecond by
 * value, so that what is held does not depend on the order in which it came.
 */
public final class EventBuffer {
  /** Holds no event, ever. */
  public static final EventBuffer NONE = new EventBuffer(false);

  private static final long[] NO_TIMES = {};
  private static final double[] NO_VALUES = {};
  private static final int INITIAL_CAPACITY = 4;

  private final boolean valued;
  private long[] times = NO_TIMES;
  private double[] values = NO_VALUES;
  private int from;
  private int to;

  EventBuffer(boolean valued) {
    this.valued = valued;
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
    return valued ? values[from + index] : 0;
  }

  /**
   * Takes over events; for decoding.
   *
   * @param newTimes their times, ascending; the array belongs to the buffer from now on
   * @param newValues their values, those of one millisecond ascending; not looked at without values
   * @param size how many of each there are
   */
  public void load(long[] newTimes, double[] newValues, int size) {
    times = newTimes;
    values = valued ? newValues : NO_VALUES;
    from = 0;
    to = size;
  }

  /** Copies the times to an array that has room for some more. */
  public long[] copyOfTimes(int length) {
    long[] copy = new long[length];
    System.arraycopy(times, from, copy, 0, Math.min(length, to - from));
    return copy;
  }

  /**
   * Puts an event where it belongs.
   *
   * @return the index that it has now
   */
  public int insert(long time, double value) {
    makeRoom();
    int at = to;
    while (at > from && isAfter(at - 1, time, value)) {
      at--;
    }
    System.arraycopy(times, at, times, at + 1, to - at);
    times[at] = time;
    if (valued) {
      System.arraycopy(values, at, values, at + 1, to - at);
      values[at] = value;
    }
    to++;
    return at - from;
  }

  /** Says whether an event with a time and a value is there. */
  boolean contains(long time, double value) {
    return find(time, value) >= 0;
  }

  /** Removes one event with a time and a value, if there is one. */
  void removeOne(long time, double value) {
    int at = find(time, value);
    if (at >= 0) {
      System.arraycopy(times, at + 1, times, at, to - at - 1);
      if (valued) {
        System.arraycopy(values, at + 1, values, at, to - at - 1);
      }
      to--;
    }
  }

  private int find(long time, double value) {
    for (int i = to - 1; i >= from && times[i] >= time; i--) {
      if (times[i] == time && (!valued || values[i] == value)) {
        return i;
      }
    }
    return -1;
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
        || (times[position] == time && valued && values[position] > value);
  }

  private void makeRoom() {
    if (to < times.length && (!valued || to < values.length)) {
      return;
    }
    if (from > 0) {
      System.arraycopy(times, from, times, 0, to - from);
      if (valued) {
        System.arraycopy(values, from, values, 0, to - from);
      }
      to -= from;
      from = 0;
    } else {
      int most = Math.max(to + 1, SeriesState.MAX_HELD + SeriesState.BATCH);
      int capacity = Math.min(Math.max(INITIAL_CAPACITY, 2 * to), most);
      times = Arrays.copyOf(times, capacity);
      if (valued) {
        values = Arrays.copyOf(values, capacity);
      }
    }
  }
}
