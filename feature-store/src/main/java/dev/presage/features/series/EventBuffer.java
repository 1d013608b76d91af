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
  private static final byte[] NOWHERE = {};
  private static final int INITIAL_CAPACITY = 4;

  private final boolean valued;
  private long[] times = NO_TIMES;
  private double[] values = NO_VALUES;
  private boolean sharesTimes;
  private int from;
  private int to;

  // No part of what is held; see markStored.
  private byte[] storedIn = NOWHERE;
  private EventBuffer storedBy = this;
  private int storedUnit;
  private int storedFrom;
  private int storedTo;

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
    sharesTimes = false;
    storedIn = NOWHERE;
    from = 0;
    to = size;
  }

  /**
   * Takes over events at the times of another buffer, which was loaded just now; for decoding. They
   * share an array until one of them changes.
   *
   * @param newValues as for {@link #load}
   */
  public void loadWithTimesOf(EventBuffer other, double[] newValues) {
    load(other.times, newValues, other.to);
    sharesTimes = true;
    other.sharesTimes = true;
  }

  /**
   * Puts an event where it belongs.
   *
   * @return the index that it has now
   */
  public int insert(long time, double value) {
    storedIn = NOWHERE;
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
      storedIn = NOWHERE;
      ownTimes(times.length);
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
    storedIn = NOWHERE;
    from += count;
  }

  /** Returns the number of events at or before a time. */
  int countUntil(long time) {
    return SortedTimes.countUntil(times, from, to - from, time);
  }

  /** Returns the sum of the squared distances of the values at some indices from a mean. */
  double squaredDeviations(int first, int end, double mean) {
    // Four sums, as an addition has to wait for the one before it.
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = first;
    for (; i + 3 < end; i += 4) {
      a += squared(value(i) - mean);
      b += squared(value(i + 1) - mean);
      c += squared(value(i + 2) - mean);
      d += squared(value(i + 3) - mean);
    }
    for (; i < end; i++) {
      a += squared(value(i) - mean);
    }
    return (a + b) + (c + d);
  }

  private static double squared(double distance) {
    return distance * distance;
  }

  private boolean isAfter(int position, long time, double value) {
    return times[position] > time
        || (times[position] == time && valued && values[position] > value);
  }

  /**
   * Remembers where these events stand in stored bytes, until they change; for the codec, which
   * then need not write them again.
   *
   * @param in the bytes, which nobody changes
   * @param by the buffer by whose events they are written; {@link #NONE} where there is none
   * @param unit the codec's number of the unit of their times
   * @param fromBit where they begin
   * @param toBit where they end
   */
  public void markStored(byte[] in, EventBuffer by, int unit, int fromBit, int toBit) {
    storedIn = in;
    storedBy = by;
    storedUnit = unit;
    storedFrom = fromBit;
    storedTo = toBit;
  }

  /** Says whether these events stand in stored bytes, written by those of a buffer that do, too. */
  public boolean isStored(EventBuffer by) {
    return storedIn != NOWHERE && storedBy == by && (by == NONE || by.storedIn == storedIn);
  }

  public byte[] storedIn() {
    return storedIn;
  }

  public int storedUnit() {
    return storedUnit;
  }

  public int storedFrom() {
    return storedFrom;
  }

  public int storedTo() {
    return storedTo;
  }

  /** Copies the times if another buffer has the same array. */
  private void ownTimes(int capacity) {
    if (sharesTimes) {
      times = Arrays.copyOf(times, capacity);
      sharesTimes = false;
    }
  }

  private void makeRoom() {
    ownTimes(Math.max(times.length, to + 1));
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
