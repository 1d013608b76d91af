package dev.presage.features.series;

import java.util.Arrays;

/**
 * The tiles of a series, disjoint and the oldest first, column by column. {@link TileLadder} says
 * how wide they may be.
 *
 * <p>The spread of the values of a tile is kept as the sum of squared deviations from their mean,
 * and merged by the formula of [1]: unlike the sum of squares it does not lose all digits where the
 * mean is far from zero.
 *
 * <p>[1] T. F. Chan, G. H. Golub, R. J. LeVeque: Updating formulae and a pairwise algorithm for
 * computing sample variances, 1979.
 */
public final class Tiles {
  private static final long[] NO_LONGS = {};
  private static final double[] NO_DOUBLES = {};

  private final boolean numeric;
  private int size;
  private long[] first = NO_LONGS;
  private long[] last = NO_LONGS;
  private long[] count = NO_LONGS;
  private double[] sum = NO_DOUBLES;
  private double[] squares = NO_DOUBLES;
  private double[] least = NO_DOUBLES;
  private double[] greatest = NO_DOUBLES;
  private double[] firstValue = NO_DOUBLES;
  private double[] lastValue = NO_DOUBLES;

  Tiles(boolean numeric) {
    this.numeric = numeric;
  }

  public int size() {
    return size;
  }

  /** Returns the time of a tile's first event, rounded down as the ladder says. */
  public long first(int tile) {
    return first[tile];
  }

  /** Returns the time of a tile's last event, rounded down as the ladder says. */
  public long last(int tile) {
    return last[tile];
  }

  public long count(int tile) {
    return count[tile];
  }

  public double sum(int tile) {
    return sum[tile];
  }

  /** Returns the sum of the squared deviations of a tile's values from their mean. */
  public double squares(int tile) {
    return squares[tile];
  }

  public double least(int tile) {
    return least[tile];
  }

  public double greatest(int tile) {
    return greatest[tile];
  }

  public double firstValue(int tile) {
    return numeric ? firstValue[tile] : 0;
  }

  public double lastValue(int tile) {
    return numeric ? lastValue[tile] : 0;
  }

  /** Adds a tile of one event that is not older than any other. */
  void append(long time, double value) {
    makeRoom(size);
    set(size, time, time, 1);
    if (numeric) {
      setValues(size, value, 0, value, value, value, value);
    }
    size++;
  }

  /** Adds a whole tile that is newer than every other; for decoding. */
  public void appendTile(long firstTime, long lastTime, long events) {
    makeRoom(size);
    set(size, firstTime, lastTime, events);
    size++;
  }

  /** Gives the newest tile its values; for decoding. */
  public void giveValues(
      double total, double deviations, double min, double max, double ofFirst, double ofLast) {
    setValues(size - 1, total, deviations, min, max, ofFirst, ofLast);
  }

  /** Turns the order of the tiles round; for decoding. */
  public void reverse() {
    for (int i = 0, j = size - 1; i < j; i++, j--) {
      swap(first, i, j);
      swap(last, i, j);
      swap(count, i, j);
      if (numeric) {
        for (double[] column :
            new double[][] {sum, squares, least, greatest, firstValue, lastValue}) {
          swap(column, i, j);
        }
      }
    }
  }

  /** Adds an event that is older than others, to the tile of its time or as a tile of its own. */
  void insert(long time, double value) {
    int tile = countBegunBy(time) - 1;
    if (tile >= 0) {
      int level = TileLadder.level(first[tile], last[tile]);
      if (TileLadder.rounded(time, level) <= last[tile]) {
        add(tile, time, value);
        return;
      }
    }
    open(tile + 1);
    set(tile + 1, time, time, 1);
    if (numeric) {
      setValues(tile + 1, value, 0, value, value, value, value);
    }
  }

  /** Makes one tile of neighbours where the ladder allows it. */
  void rollUp(int finestLevel, long now) {
    int top = 0;
    for (int next = 1; next < size; next++) {
      if (TileLadder.mayBeOne(first[top], last[next], finestLevel, now)) {
        merge(top, next);
      } else {
        top++;
        move(next, top);
      }
    }
    size = Math.min(size, top + 1);
  }

  /** Moves every tile that ended at or before a time to the totals. */
  void retire(long until, Totals totals) {
    int retired = 0;
    while (retired < size && endOfLast(retired) <= until) {
      totals.addTile(this, retired);
      retired++;
    }
    if (retired > 0) {
      for (int tile = retired; tile < size; tile++) {
        move(tile, tile - retired);
      }
      size -= retired;
    }
  }

  /** Returns the number of tiles whose first event is at or before a time. */
  int countBegunBy(long time) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (first[middle] <= time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  boolean numeric() {
    return numeric;
  }

  /** The latest time that the last event of a tile can have had before it was rounded. */
  private long endOfLast(int tile) {
    int tick = TileLadder.tickLevel(TileLadder.level(first[tile], last[tile]));
    return last[tile] + (1L << tick) - 1;
  }

  private void add(int tile, long time, double value) {
    if (numeric) {
      // Where times are rounded nobody knows which of two came first; then the one that is there
      // stays.
      if (time == first[tile]) {
        firstValue[tile] = Math.min(firstValue[tile], value);
      }
      if (time == last[tile]) {
        lastValue[tile] = Math.max(lastValue[tile], value);
      }
      squares[tile] += deviations(count[tile], sum[tile], 1, value);
      sum[tile] += value;
      least[tile] = Math.min(least[tile], value);
      greatest[tile] = Math.max(greatest[tile], value);
    }
    count[tile]++;
  }

  private void merge(int older, int newer) {
    int level = TileLadder.level(first[older], last[newer]);
    first[older] = TileLadder.rounded(first[older], level);
    last[older] = TileLadder.rounded(last[newer], level);
    if (numeric) {
      squares[older] +=
          squares[newer] + deviations(count[older], sum[older], count[newer], sum[newer]);
      sum[older] += sum[newer];
      least[older] = Math.min(least[older], least[newer]);
      greatest[older] = Math.max(greatest[older], greatest[newer]);
      lastValue[older] = lastValue[newer];
    }
    count[older] += count[newer];
  }

  /** What the distance of two means adds to the sum of squared deviations of both together. */
  static double deviations(long count, double sum, long otherCount, double otherSum) {
    double distance = otherSum / otherCount - sum / count;
    return distance * distance * ((double) count * otherCount / (count + otherCount));
  }

  private void set(int tile, long firstTime, long lastTime, long events) {
    first[tile] = firstTime;
    last[tile] = lastTime;
    count[tile] = events;
  }

  private void setValues(
      int tile,
      double total,
      double deviations,
      double min,
      double max,
      double ofFirst,
      double ofLast) {
    sum[tile] = total;
    squares[tile] = deviations;
    least[tile] = min;
    greatest[tile] = max;
    firstValue[tile] = ofFirst;
    lastValue[tile] = ofLast;
  }

  private void move(int tile, int target) {
    if (tile == target) {
      return;
    }
    set(target, first[tile], last[tile], count[tile]);
    if (numeric) {
      setValues(
          target,
          sum[tile],
          squares[tile],
          least[tile],
          greatest[tile],
          firstValue[tile],
          lastValue[tile]);
    }
  }

  private void open(int at) {
    makeRoom(size);
    for (int tile = size; tile > at; tile--) {
      move(tile - 1, tile);
    }
    size++;
  }

  private void makeRoom(int needed) {
    if (needed < first.length) {
      return;
    }
    int capacity = Math.max(SeriesState.BATCH, needed + (needed >> 1));
    first = Arrays.copyOf(first, capacity);
    last = Arrays.copyOf(last, capacity);
    count = Arrays.copyOf(count, capacity);
    if (numeric) {
      sum = Arrays.copyOf(sum, capacity);
      squares = Arrays.copyOf(squares, capacity);
      least = Arrays.copyOf(least, capacity);
      greatest = Arrays.copyOf(greatest, capacity);
      firstValue = Arrays.copyOf(firstValue, capacity);
      lastValue = Arrays.copyOf(lastValue, capacity);
    }
  }

  private static void swap(long[] column, int i, int j) {
    long spare = column[i];
    column[i] = column[j];
    column[j] = spare;
  }

  private static void swap(double[] column, int i, int j) {
    double spare = column[i];
    column[i] = column[j];
    column[j] = spare;
  }
}
