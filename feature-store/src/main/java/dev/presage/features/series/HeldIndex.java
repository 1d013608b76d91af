package dev.presage.features.series;

import dev.presage.features.declaration.SeriesDefinition.Kind;
import dev.presage.features.series.SeriesLayout.Decayed;
import java.util.Arrays;

/**
 * What is computed ahead of the events that are held, so that a window over them costs the same
 * however many it holds: running sums from the oldest event on, extremes from the newest one back,
 * decayed sums, breaks between sessions, and which identifiers come again.
 *
 * <p>All of it follows from the events and from what was folded before them, and from nothing else:
 * when the oldest event leaves, the running sums are computed anew. So a state that was stored and
 * read again answers with the same bits.
 */
final class HeldIndex {
  private static final double[] NO_DOUBLES = {};
  private static final long[] NO_LONGS = {};
  private static final int[] NO_INTS = {};
  private static final boolean[] NO_BOOLEANS = {};
  private static final double[][] NO_DECAYED = {};
  private static final int[][] NO_BREAKS = {};
  private static final long[][] NO_BREAK_MILLIS = {};

  private final SeriesLayout layout;
  private final SeriesLayout.Needs needs;
  private int valid;
  private int capacity;
  private double[] high = NO_DOUBLES;
  private double[] low = NO_DOUBLES;
  private double[] least = NO_DOUBLES;
  private double[] greatest = NO_DOUBLES;
  private final double[][] decayed;
  private final int[][] breaks;
  private final long[][] breakMillis;
  private int[] distinct = NO_INTS;
  private boolean[] again = NO_BOOLEANS;

  HeldIndex(SeriesLayout layout) {
    this.layout = layout;
    this.needs = layout.needs();
    int gaps = layout.gaps().length;
    this.decayed = layout.decayed().isEmpty() ? NO_DECAYED : new double[layout.decayed().size()][];
    this.breaks = gaps == 0 ? NO_BREAKS : new int[gaps][];
    this.breakMillis = gaps == 0 ? NO_BREAK_MILLIS : new long[gaps][];
    Arrays.fill(decayed, NO_DOUBLES);
    Arrays.fill(breaks, NO_INTS);
    Arrays.fill(breakMillis, NO_LONGS);
  }

  /** Says that the events from an index on are not what they were. */
  void changedFrom(int index) {
    valid = Math.min(valid, index);
  }

  /** Returns the leading part of the sum of the oldest events, up to an index. */
  double high(int until) {
    return high[until];
  }

  /** Returns what the leading part of the sum has no digits for. */
  double low(int until) {
    return low[until];
  }

  /** Returns the least value from an index on. */
  double least(int from) {
    return least[from];
  }

  /** Returns the greatest value from an index on. */
  double greatest(int from) {
    return greatest[from];
  }

  /** Returns the decayed sum as of the time of an event, which is in it. */
  double decayed(int halfLife, int index) {
    return decayed[halfLife][index];
  }

  /** Returns the number of breaks before the oldest events, up to an index. */
  int breaks(int gap, int until) {
    return breaks[gap][until];
  }

  /** Returns how long these breaks are together. */
  long breakMillis(int gap, int until) {
    return breakMillis[gap][until];
  }

  /**
   * Returns how many of the oldest events, up to an index, have identifiers that never come again.
   */
  int distinct(int until) {
    return distinct[until];
  }

  /** Brings everything up to date. */
  void refresh(SeriesState series) {
    EventBuffer held = series.held();
    int size = held.size();
    if (valid == size) {
      return;
    }
    makeRoom(size);
    if (needs.sums()) {
      addUp(held, size);
    }
    if (needs.extremes()) {
      findExtremes(held, size);
    }
    for (int i = 0; i < decayed.length; i++) {
      decay(series, size, i);
    }
    for (int i = 0; i < breaks.length; i++) {
      findBreaks(series, size, layout.gaps()[i], breaks[i], breakMillis[i]);
    }
    if (layout.kind() == Kind.IDENTIFIERS) {
      findDistinct(series, size);
    }
    valid = size;
  }

  private void addUp(EventBuffer held, int size) {
    for (int i = valid; i < size; i++) {
      double value = held.value(i);
      double sum = high[i] + value;
      low[i + 1] = low[i] + CompensatedSum.error(high[i], value, sum);
      high[i + 1] = sum;
    }
  }

  private void findExtremes(EventBuffer held, int size) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = size - 1; i >= 0; i--) {
      double value = held.value(i);
      min = Math.min(min, value);
      max = Math.max(max, value);
      if (i < valid && least[i] == min && greatest[i] == max) {
        return;
      }
      least[i] = min;
      greatest[i] = max;
    }
  }

  private void decay(SeriesState series, int size, int which) {
    EventBuffer held = series.held();
    double[] sums = decayed[which];
    Decayed decay = layout.decayed().get(which);
    long halfLife = decay.halfLifeMillis();
    for (int i = valid; i < size; i++) {
      double before;
      if (i > 0) {
        before = sums[i - 1] * Decay.factor(held.time(i) - held.time(i - 1), halfLife);
      } else {
        before = series.foldedDecayed(which, held.time(0));
      }
      sums[i] = before + decay.term(held.value(i));
    }
  }

  private void findBreaks(SeriesState series, int size, long gap, int[] count, long[] millis) {
    EventBuffer held = series.held();
    for (int i = valid; i < size; i++) {
      long before = i > 0 ? held.time(i - 1) : series.foldedUntil();
      long silence = before < 0 ? 0 : held.time(i) - before;
      boolean isBreak = silence > gap;
      count[i + 1] = count[i] + (isBreak ? 1 : 0);
      millis[i + 1] = millis[i] + (isBreak ? silence : 0);
    }
  }

  private void findDistinct(SeriesState series, int size) {
    int first = size - 1;
    if (valid == size - 1) {
      again[first] = false;
      first = see(series, first);
    } else {
      Arrays.fill(again, 0, size, false);
      series.sample().forgetSeenAgain();
      for (int i = size - 1; i >= 0; i--) {
        see(series, i);
      }
      first = 0;
    }
    for (int i = first; i < size; i++) {
      distinct[i + 1] = distinct[i] + (again[i] ? 0 : 1);
    }
  }

  /**
   * Marks the newest earlier event with the same identifier; returns its index. Where there is
   * none, it is the folded ones that are seen again, and the event's own index is returned.
   */
  private int see(SeriesState series, int index) {
    EventBuffer held = series.held();
    double identifier = held.value(index);
    for (int i = index - 1; i >= 0; i--) {
      if (held.value(i) == identifier) {
        again[i] = true;
        return i;
      }
    }
    series.sample().seeAgain((int) (long) identifier, held.time(index));
    return index;
  }

  private void makeRoom(int size) {
    if (size <= capacity) {
      return;
    }
    int spare = capacity == 0 ? SeriesState.SPARE : (size >> 1) + SeriesState.SPARE;
    capacity = Math.min(size + spare, Math.max(size, SeriesState.MAX_HELD + 1));
    if (needs.sums()) {
      high = Arrays.copyOf(high, capacity + 1);
      low = Arrays.copyOf(low, capacity + 1);
    }
    if (needs.extremes()) {
      least = Arrays.copyOf(least, capacity);
      greatest = Arrays.copyOf(greatest, capacity);
    }
    for (int i = 0; i < decayed.length; i++) {
      decayed[i] = Arrays.copyOf(decayed[i], capacity);
    }
    for (int i = 0; i < breaks.length; i++) {
      breaks[i] = Arrays.copyOf(breaks[i], capacity + 1);
      breakMillis[i] = Arrays.copyOf(breakMillis[i], capacity + 1);
    }
    if (layout.kind() == Kind.IDENTIFIERS) {
      distinct = Arrays.copyOf(distinct, capacity + 1);
      again = Arrays.copyOf(again, capacity);
    }
  }
}
