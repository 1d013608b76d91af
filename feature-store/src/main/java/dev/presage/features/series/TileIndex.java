package dev.presage.features.series;

import java.util.Arrays;

/**
 * What is computed ahead of the tiles, so that a window over them costs the same however many it
 * covers: running counts, sums and breaks from the oldest tile on, extremes and spread from the
 * newest one back. It follows from the tiles and from nothing else.
 */
final class TileIndex {
  private static final double[] NO_DOUBLES = {};
  private static final long[] NO_LONGS = {};
  private static final long[][] NO_COLUMNS = {};
  private static final long[] NO_TILES = {0};
  private static final int[] NO_CUTS = {};
  private static final int MORE_CUTS = 16;

  private final SeriesLayout.Needs needs;
  private final long[] gaps;
  private final boolean numeric;
  private int valid;
  private int size;
  private long[] count = NO_TILES;
  private double[] high = NO_DOUBLES;
  private double[] low = NO_DOUBLES;
  private double[] least = NO_DOUBLES;
  private double[] greatest = NO_DOUBLES;
  private double[] mean = NO_DOUBLES;
  private double[] squares = NO_DOUBLES;
  private final long[][] breaks;
  private final long[][] breakMillis;
  private int[] cuts = NO_CUTS;

  TileIndex(SeriesLayout layout) {
    this.needs = layout.needs();
    this.numeric = layout.numeric();
    this.gaps = layout.gaps();
    this.breaks = gaps.length == 0 ? NO_COLUMNS : new long[gaps.length][];
    this.breakMillis = gaps.length == 0 ? NO_COLUMNS : new long[gaps.length][];
    Arrays.fill(breaks, NO_LONGS);
    Arrays.fill(breakMillis, NO_LONGS);
  }

  /** Returns the number of events in the oldest tiles, up to an index. */
  long count(int until) {
    return count[until];
  }

  double high(int until) {
    return high[until];
  }

  double low(int until) {
    return low[until];
  }

  double least(int from) {
    return least[from];
  }

  double greatest(int from) {
    return greatest[from];
  }

  /** Returns the mean of the values of the tiles from an index on. */
  double mean(int from) {
    return mean[from];
  }

  /** Returns the squared deviations from that mean. */
  double squares(int from) {
    return squares[from];
  }

  /** Returns the number of breaks in the oldest tiles, up to an index, and before each of them. */
  long breaks(int gap, int until) {
    return breaks[gap][until];
  }

  long breakMillis(int gap, int until) {
    return breakMillis[gap][until];
  }

  /**
   * Returns the number of tiles that begin at or before a time. From event to event a window is cut
   * at the same tile or the next one: so each looks first where it was cut the last time.
   *
   * @param slot a number of its own for each window, from 0 on
   */
  int countBegunBy(Tiles tiles, long time, int slot) {
    if (slot >= cuts.length) {
      cuts = Arrays.copyOf(cuts, slot + MORE_CUTS);
    }
    int begun = tiles.countBegunBy(time, cuts[slot]);
    cuts[slot] = begun;
    return begun;
  }

  /** Brings everything up to date. */
  void refresh(Tiles tiles) {
    valid = Math.min(valid, tiles.takeChanged());
    int newSize = tiles.size();
    if (valid >= newSize && size == newSize) {
      return;
    }
    size = newSize;
    makeRoom(size);
    for (int i = valid; i < size; i++) {
      count[i + 1] = count[i] + tiles.count(i);
    }
    for (int i = 0; i < gaps.length; i++) {
      addBreaks(tiles, i);
    }
    if (numeric) {
      indexValues(tiles);
    }
    valid = size;
  }

  private void indexValues(Tiles tiles) {
    if (needs.sums()) {
      for (int i = valid; i < size; i++) {
        double sum = high[i] + tiles.sum(i);
        low[i + 1] = low[i] + CompensatedSum.error(high[i], tiles.sum(i), sum);
        high[i + 1] = sum;
      }
    }
    if (needs.extremes()) {
      findExtremes(tiles);
    }
    if (needs.spread()) {
      findSpread(tiles);
    }
  }

  private void addBreaks(Tiles tiles, int gap) {
    for (int i = valid; i < size; i++) {
      boolean isBreak = tiles.silence(i) > gaps[gap];
      breaks[gap][i + 1] = breaks[gap][i] + tiles.breaks(gap, i) + (isBreak ? 1 : 0);
      breakMillis[gap][i + 1] =
          breakMillis[gap][i] + tiles.breakMillis(gap, i) + (isBreak ? tiles.silence(i) : 0);
    }
  }

  private void findExtremes(Tiles tiles) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = size - 1; i >= 0; i--) {
      min = Math.min(min, tiles.least(i));
      max = Math.max(max, tiles.greatest(i));
      if (i < valid && least[i] == min && greatest[i] == max) {
        return;
      }
      least[i] = min;
      greatest[i] = max;
    }
  }

  private void findSpread(Tiles tiles) {
    long events = 0;
    double ofAll = 0;
    double deviations = 0;
    for (int i = size - 1; i >= 0; i--) {
      long more = tiles.count(i);
      double distance = tiles.sum(i) / more - ofAll;
      double share = (double) more / (events + more);
      deviations += tiles.squares(i) + distance * distance * share * events;
      ofAll += distance * share;
      events += more;
      mean[i] = ofAll;
      squares[i] = deviations;
    }
  }

  private void makeRoom(int tiles) {
    if (count.length > tiles) {
      return;
    }
    int capacity = 2 * tiles + 1;
    count = Arrays.copyOf(count, capacity);
    if (needs.sums()) {
      high = Arrays.copyOf(high, capacity);
      low = Arrays.copyOf(low, capacity);
    }
    if (needs.extremes()) {
      least = Arrays.copyOf(least, capacity);
      greatest = Arrays.copyOf(greatest, capacity);
    }
    if (needs.spread()) {
      mean = Arrays.copyOf(mean, capacity);
      squares = Arrays.copyOf(squares, capacity);
    }
    for (int i = 0; i < gaps.length; i++) {
      breaks[i] = Arrays.copyOf(breaks[i], capacity);
      breakMillis[i] = Arrays.copyOf(breakMillis[i], capacity);
    }
  }
}
