package dev.presage.features.series;

import java.util.Arrays;

/**
 * The tiles of a series, disjoint and the oldest first, column by column. {@link TileGrid} says how
 * wide they may be.
 *
 * <p>A tile of one event begins at its millisecond and is one millisecond wide, so that its time is
 * exact; one of several is as wide as its block, or as what its neighbours leave of it. When in it
 * the events were is not known; for time since and time between, they count in its middle.
 *
 * <p>The spread of the values of a tile is kept as the sum of squared deviations from their mean,
 * and merged by the formula of [1]: unlike the sum of squares it does not lose all digits where the
 * mean is far from zero. It is kept in the precision of a float.
 *
 * <p>[1] T. F. Chan, G. H. Golub, R. J. LeVeque: Updating formulae and a pairwise algorithm for
 * computing sample variances, 1979.
 */
public final class Tiles {
  /** Stands for a silence before a tile that is not known. */
  public static final long UNKNOWN = -1;

  private static final long[] NO_LONGS = {};
  private static final long[][] NO_COLUMNS = {};
  private static final double[] NO_DOUBLES = {};

  private final TileGrid grid;
  private final boolean numeric;
  private final long[] gaps;
  private int size;
  private long[] start = NO_LONGS;
  private long[] end = NO_LONGS;
  private long[] count = NO_LONGS;
  private double[] sum = NO_DOUBLES;
  private double[] squares = NO_DOUBLES;
  private double[] least = NO_DOUBLES;
  private double[] greatest = NO_DOUBLES;
  private double[] firstValue = NO_DOUBLES;
  private double[] lastValue = NO_DOUBLES;
  private long[] silence = NO_LONGS;
  private final long[][] breaks;
  private final long[][] breakMillis;
  private final long[] rolledUp;
  private int changed;

  Tiles(SeriesLayout layout) {
    this.grid = layout.grid();
    this.numeric = layout.numeric();
    this.gaps = layout.gaps();
    this.breaks = gaps.length == 0 ? NO_COLUMNS : new long[gaps.length][];
    this.breakMillis = gaps.length == 0 ? NO_COLUMNS : new long[gaps.length][];
    Arrays.fill(breaks, NO_LONGS);
    Arrays.fill(breakMillis, NO_LONGS);
    this.rolledUp = new long[grid.levels()];
  }

  public int size() {
    return size;
  }

  /** Returns where a tile begins, in milliseconds since 1970; it contains this time. */
  public long start(int tile) {
    return start[tile];
  }

  /** Returns where a tile ends; it does not contain this time. */
  public long end(int tile) {
    return end[tile];
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

  /** Returns the time from the event before a tile to its first one, or {@link #UNKNOWN}. */
  public long silence(int tile) {
    return silence[tile];
  }

  /** Returns how many times longer than a gap nothing happened between two events of a tile. */
  public long breaks(int gap, int tile) {
    return breaks[gap][tile];
  }

  /** Returns how long these times are together, in milliseconds. */
  public long breakMillis(int gap, int tile) {
    return breakMillis[gap][tile];
  }

  /** Returns the middle of a tile, which is the time of its event where it has one. */
  long middle(int tile) {
    return (start[tile] + end[tile] - 1) >> 1;
  }

  /** Appends a tile that is newer than every other, without values; for decoding. */
  public void appendTile(long from, long to, long events) {
    open(size, from, to, events, UNKNOWN);
  }

  /** Gives the newest tile its values; for decoding. */
  public void giveValues(
      double total, double deviations, double min, double max, double ofFirst, double ofLast) {
    setValues(size - 1, total, deviations, min, max, ofFirst, ofLast);
  }

  /** Gives a tile the silence before it; for decoding. */
  public void giveSilence(int tile, long millis) {
    silence[tile] = millis;
  }

  /** Gives a tile its breaks; for decoding. */
  public void giveBreaks(int tile, int gap, long number, long millis) {
    breaks[gap][tile] = number;
    breakMillis[gap][tile] = millis;
  }

  /** Turns the order of the tiles round; for decoding, before silences and breaks are given. */
  public void reverse() {
    for (int i = 0, j = size - 1; i < j; i++, j--) {
      swap(start, i, j);
      swap(end, i, j);
      swap(count, i, j);
      if (numeric) {
        for (double[] column :
            new double[][] {sum, squares, least, greatest, firstValue, lastValue}) {
          swap(column, i, j);
        }
      }
    }
  }

  /**
   * Adds an event that is not older than any other.
   *
   * @param before the time since the event before it, or {@link #UNKNOWN}
   */
  void append(long time, double value, long before) {
    int newest = size - 1;
    if (newest >= 0 && time < end[newest]) {
      add(newest, time, value, true);
      for (int i = 0; i < gaps.length; i++) {
        if (before > gaps[i]) {
          breaks[i][newest]++;
          breakMillis[i][newest] += before;
        }
      }
      return;
    }
    openWithEvent(size, time, value, before);
    joinInBlock(size - 1);
  }

  /** Adds an event that is older than others, to the tile of its time or as a tile of its own. */
  void insert(long time, double value) {
    int tile = countBegunBy(time) - 1;
    if (tile >= 0 && time < end[tile]) {
      add(tile, time, value, false);
      return;
    }
    openWithEvent(tile + 1, time, value, UNKNOWN);
    joinInBlock(tile + 1);
  }

  /**
   * Takes over the tiles of two profiles' series. Where they overlap they become one; it does not
   * matter which of the two comes first.
   */
  void unite(Tiles one, Tiles other) {
    int i = 0;
    int j = 0;
    while (i < one.size || j < other.size) {
      if (j == other.size || (i < one.size && isBefore(one, i, other, j))) {
        appendOrOverlap(one, i++);
      } else {
        appendOrOverlap(other, j++);
      }
    }
    Arrays.fill(rolledUp, 0);
    rollUp(0, 0, Long.MAX_VALUE);
  }

  private static boolean isBefore(Tiles one, int i, Tiles other, int j) {
    if (one.start[i] != other.start[j]) {
      return one.start[i] < other.start[j];
    }
    if (one.end[i] != other.end[j]) {
      return one.end[i] < other.end[j];
    }
    if (one.count[i] != other.count[j]) {
      return one.count[i] < other.count[j];
    }
    return !one.numeric || one.sum[i] <= other.sum[j];
  }

  private void appendOrOverlap(Tiles from, int tile) {
    open(size, from.start[tile], from.end[tile], from.count[tile], UNKNOWN);
    copy(from, tile, size - 1);
    int older = size - 2;
    if (older >= 0 && start[older + 1] < end[older]) {
      mergeColumns(older, older + 1, true);
      end[older] = Math.max(end[older], end[older + 1]);
      closeUp(older + 1, older + 2);
    }
  }

  /** Makes one tile of all in a block, where the grid allows it. */
  void rollUp(long now) {
    for (int level = 1; level < rolledUp.length; level++) {
      long frontier = grid.frontier(level, now);
      if (frontier > rolledUp[level]) {
        rollUp(level, rolledUp[level], frontier);
        rolledUp[level] = frontier;
      }
    }
  }

  /** Moves every tile that ended at or before a time to the totals. */
  void retire(long until, Totals totals) {
    int retired = 0;
    while (retired < size && end[retired] - 1 <= until) {
      totals.addTile(this, retired);
      for (int i = 0; i < gaps.length; i++) {
        if (silence[retired] > gaps[i]) {
          totals.addBreaks(i, 1, silence[retired]);
        }
      }
      retired++;
    }
    if (retired > 0) {
      closeUp(0, retired);
    }
  }

  /** Returns the number of tiles that begin at or before a time. */
  int countBegunBy(long time) {
    return SortedTimes.countUntil(start, 0, size, time);
  }

  /** Returns the same, fast where a guess is right or one off. */
  int countBegunBy(long time, int guess) {
    return SortedTimes.countUntil(start, 0, size, time, guess);
  }

  boolean numeric() {
    return numeric;
  }

  /** Returns the first tile that is not what it was since this was last asked. */
  int takeChanged() {
    int first = changed;
    changed = Integer.MAX_VALUE;
    return first;
  }

  private void rollUp(int level, long from, long until) {
    int tile = Math.max(0, countBegunBy(from) - 1);
    while (tile < size && start[tile] < until) {
      // Neighbours that begin so far apart are in two blocks; most are, and a division is slow.
      if (tile + 1 == size || start[tile + 1] - start[tile] >= grid.width(level)) {
        tile++;
        continue;
      }
      long block = grid.start(level, start[tile]);
      tile = join(tile, block, block + grid.width(level)) + 1;
    }
  }

  /** Joins a tile with its neighbours in its block of the finest level. */
  private void joinInBlock(int tile) {
    long block = grid.start(0, start[tile]);
    long until = block + grid.width(0);
    int first = tile;
    while (first > 0 && start[first - 1] >= block) {
      first--;
    }
    join(first, block, until);
  }

  /** Joins a tile with those that follow it within a block; returns the one that it is then. */
  private int join(int first, long block, long until) {
    int last = first;
    while (last + 1 < size && end[last + 1] <= until) {
      last++;
    }
    if (last == first || start[first] < block || end[first] > until) {
      return first;
    }
    for (int i = first; i < last; i++) {
      mergeColumns(first, i + 1, false);
    }
    start[first] = first == 0 ? block : Math.max(block, end[first - 1]);
    end[first] = last + 1 == size ? until : Math.min(until, start[last + 1]);
    closeUp(first + 1, last + 1);
    return first;
  }

  private void add(int tile, long time, double value, boolean newest) {
    changed = Math.min(changed, tile);
    if (numeric) {
      if (newest || time == end[tile] - 1) {
        lastValue[tile] = newest ? value : Math.max(lastValue[tile], value);
      }
      if (time == start[tile]) {
        firstValue[tile] = Math.min(firstValue[tile], value);
      }
      squares[tile] = rounded(squares[tile] + deviations(count[tile], sum[tile], 1, value));
      sum[tile] = CompensatedSum.decimal(sum[tile] + value);
      least[tile] = Math.min(least[tile], value);
      greatest[tile] = Math.max(greatest[tile], value);
    }
    count[tile]++;
  }

  private void mergeColumns(int older, int newer, boolean overlapping) {
    changed = Math.min(changed, older);
    if (numeric) {
      squares[older] =
          rounded(
              (squares[older] + squares[newer])
                  + deviations(count[older], sum[older], count[newer], sum[newer]));
      sum[older] = CompensatedSum.decimal(sum[older] + sum[newer]);
      least[older] = Math.min(least[older], least[newer]);
      greatest[older] = Math.max(greatest[older], greatest[newer]);
      if (overlapping) {
        // Nobody knows which came first; both orders must give the same.
        firstValue[older] = Math.min(firstValue[older], firstValue[newer]);
        lastValue[older] = Math.max(lastValue[older], lastValue[newer]);
      } else {
        lastValue[older] = lastValue[newer];
      }
    }
    for (int i = 0; i < gaps.length; i++) {
      if (overlapping) {
        breaks[i][older] = Math.max(breaks[i][older], breaks[i][newer]);
        breakMillis[i][older] = Math.max(breakMillis[i][older], breakMillis[i][newer]);
      } else {
        boolean isBreak = silence[newer] > gaps[i];
        breaks[i][older] += breaks[i][newer] + (isBreak ? 1 : 0);
        breakMillis[i][older] += breakMillis[i][newer] + (isBreak ? silence[newer] : 0);
      }
    }
    if (overlapping && gaps.length > 0) {
      silence[older] = Math.min(silence[older], silence[newer]);
    }
    count[older] += count[newer];
  }

  /** What the distance of two means adds to the sum of squared deviations of both together. */
  static double deviations(long count, double sum, long otherCount, double otherSum) {
    double distance = otherSum / otherCount - sum / count;
    return distance * distance * ((double) count * otherCount / (count + otherCount));
  }

  private static double rounded(double squares) {
    return (float) Math.min(squares, Float.MAX_VALUE);
  }

  private void copy(Tiles other, int tile, int target) {
    count[target] = other.count[tile];
    if (numeric) {
      setValues(
          target,
          other.sum[tile],
          other.squares[tile],
          other.least[tile],
          other.greatest[tile],
          other.firstValue[tile],
          other.lastValue[tile]);
    }
    if (gaps.length > 0) {
      silence[target] = other.silence[tile];
    }
    for (int i = 0; i < gaps.length; i++) {
      breaks[i][target] = other.breaks[i][tile];
      breakMillis[i][target] = other.breakMillis[i][tile];
    }
  }

  private void openWithEvent(int at, long time, double value, long before) {
    open(at, time, time + 1, 1, before);
    if (numeric) {
      setValues(at, value, 0, value, value, value, value);
    }
    for (int level = 1; level < rolledUp.length; level++) {
      if (time < rolledUp[level]) {
        rolledUp[level] = grid.start(level, time);
      }
    }
  }

  private void open(int at, long from, long to, long events, long before) {
    makeRoom(size + 1);
    shift(at, at + 1, size - at);
    start[at] = from;
    end[at] = to;
    count[at] = events;
    if (gaps.length > 0) {
      silence[at] = before;
    }
    for (int i = 0; i < gaps.length; i++) {
      breaks[i][at] = 0;
      breakMillis[i][at] = 0;
    }
    size++;
    changed = Math.min(changed, at);
  }

  /** Removes the tiles from an index up to another. */
  private void closeUp(int from, int to) {
    shift(to, from, size - to);
    size -= to - from;
    changed = Math.min(changed, from);
  }

  private void shift(int from, int to, int length) {
    if (length == 0) {
      return;
    }
    System.arraycopy(start, from, start, to, length);
    System.arraycopy(end, from, end, to, length);
    System.arraycopy(count, from, count, to, length);
    if (numeric) {
      System.arraycopy(sum, from, sum, to, length);
      System.arraycopy(squares, from, squares, to, length);
      System.arraycopy(least, from, least, to, length);
      System.arraycopy(greatest, from, greatest, to, length);
      System.arraycopy(firstValue, from, firstValue, to, length);
      System.arraycopy(lastValue, from, lastValue, to, length);
    }
    if (gaps.length > 0) {
      System.arraycopy(silence, from, silence, to, length);
    }
    for (int i = 0; i < gaps.length; i++) {
      System.arraycopy(breaks[i], from, breaks[i], to, length);
      System.arraycopy(breakMillis[i], from, breakMillis[i], to, length);
    }
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

  private void makeRoom(int needed) {
    if (needed <= start.length) {
      return;
    }
    int capacity = Math.max(2 * SeriesState.BATCH, 2 * needed);
    start = Arrays.copyOf(start, capacity);
    end = Arrays.copyOf(end, capacity);
    count = Arrays.copyOf(count, capacity);
    if (numeric) {
      sum = Arrays.copyOf(sum, capacity);
      squares = Arrays.copyOf(squares, capacity);
      least = Arrays.copyOf(least, capacity);
      greatest = Arrays.copyOf(greatest, capacity);
      firstValue = Arrays.copyOf(firstValue, capacity);
      lastValue = Arrays.copyOf(lastValue, capacity);
    }
    if (gaps.length > 0) {
      silence = Arrays.copyOf(silence, capacity);
    }
    for (int i = 0; i < gaps.length; i++) {
      breaks[i] = Arrays.copyOf(breaks[i], capacity);
      breakMillis[i] = Arrays.copyOf(breakMillis[i], capacity);
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
