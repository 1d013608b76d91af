package dev.presage.features;

import dev.presage.features.declaration.SeriesDefinition.Kind;
import java.util.Arrays;

/**
 * What was applied to a state since it was last stored whole. A state is a fold over what is
 * applied to it: so a store that has the whole state of some time ago and this log has the state,
 * and writes a few bytes for an event instead of a thousand.
 *
 * <p>It holds {@value #CAPACITY} events at most; with more it is full, and the state has to be
 * stored whole before the log is of use again.
 */
public final class AppliedLog {
  /** So many events it holds at most. */
  public static final int CAPACITY = 64;

  private static final int NONE = 0;

  private long[] times = {};
  private boolean[] hasId = {};
  private long[] idHashes = {};
  private int[] typeTags = {};
  private int[] ends = {};
  private int[] series = new int[NONE];
  private Kind[] kinds = new Kind[NONE];
  private boolean[] declared = new boolean[NONE];
  private double[] values = new double[NONE];
  private int size;
  private boolean full;
  private int[] known = {};

  /** Returns the number of events. */
  public int size() {
    return size;
  }

  /** Says whether something was applied that it does not hold. */
  public boolean isFull() {
    return full;
  }

  /** Begins anew, after the state was stored whole. */
  public void clear() {
    beginWith(new int[0]);
  }

  /**
   * Begins anew, after the state was stored whole or decoded; for the codec.
   *
   * @param known what the codec has to know of the series in the stored state, so that the log need
   *     not say it again
   */
  public void beginWith(int[] known) {
    size = 0;
    full = false;
    this.known = known;
  }

  /** Returns what {@link #beginWith} was given; for the codec. */
  public int[] known() {
    return known;
  }

  /** Returns the time of an event. */
  public long time(int event) {
    return times[event];
  }

  /** Says whether an event has an ID. */
  public boolean hasId(int event) {
    return hasId[event];
  }

  /** Returns the hash of an event's ID, shortened. */
  public long idHash(int event) {
    return idHashes[event];
  }

  /** Returns the tag of an event's type. */
  public int typeTag(int event) {
    return typeTags[event];
  }

  /** Returns where the series of an event begin. */
  public int from(int event) {
    return event == 0 ? 0 : ends[event - 1];
  }

  /** Returns where the series of an event end. */
  public int to(int event) {
    return ends[event];
  }

  /** Returns the ID of a series that counted an event. */
  public int series(int position) {
    return series[position];
  }

  /** Returns what that series tracks. */
  public Kind kind(int position) {
    return kinds[position];
  }

  /** Says whether that series was declared. */
  public boolean isDeclared(int position) {
    return declared[position];
  }

  /** Returns what it tracks of the event. */
  public double value(int position) {
    return values[position];
  }

  /** Adds an event that no series counts yet; for decoding. */
  public void addEvent(long time, boolean withId, long idHash, int typeTag) {
    if (size == times.length) {
      int capacity = Math.min(CAPACITY, Math.max(4, 2 * size));
      times = Arrays.copyOf(times, capacity);
      hasId = Arrays.copyOf(hasId, capacity);
      idHashes = Arrays.copyOf(idHashes, capacity);
      typeTags = Arrays.copyOf(typeTags, capacity);
      ends = Arrays.copyOf(ends, capacity);
    }
    times[size] = time;
    hasId[size] = withId;
    idHashes[size] = idHash;
    typeTags[size] = typeTag;
    ends[size] = from(size);
    size++;
  }

  /** Adds a series that counts the event that was added last; for decoding. */
  public void addSeries(int id, Kind kind, boolean isDeclared, double value) {
    int at = ends[size - 1]++;
    if (at == series.length) {
      int capacity = Math.max(8, 2 * at);
      series = Arrays.copyOf(series, capacity);
      kinds = Arrays.copyOf(kinds, capacity);
      declared = Arrays.copyOf(declared, capacity);
      values = Arrays.copyOf(values, capacity);
    }
    series[at] = id;
    kinds[at] = kind;
    declared[at] = isDeclared;
    values[at] = value;
  }

  /** Holds nothing more: of a state that is stored whole, or not at all. */
  public void markFull() {
    full = true;
  }

  void add(Observation observation) {
    full |= size == CAPACITY;
    if (full) {
      return;
    }
    addEvent(observation.time, observation.hasId, observation.idHash, observation.typeTag);
    for (int i = 0; i < observation.size(); i++) {
      addSeries(
          observation.series(i).id(),
          observation.series(i).kind(),
          observation.isDeclared(i),
          observation.value(i));
    }
  }
}
