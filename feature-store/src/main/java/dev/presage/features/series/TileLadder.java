package dev.presage.features.series;

/**
 * How wide a tile may be, by its age.
 *
 * <p><b>Blocks.</b> Time is cut into blocks whose widths are powers of two of a millisecond and
 * which are aligned to their width, so that two blocks are disjoint or one contains the other. A
 * tile is what is known of the events between its first and its last one; its block is the smallest
 * one that contains both. {@link #level} is the logarithm of the block's width.
 *
 * <p><b>Rule.</b> With <i>now</i>, the newest event time of the profile, a block of width w that
 * ends at e may be one tile if
 *
 * <pre>{@code   w <= finest   or   now - e >= 51 w }</pre>
 *
 * where <i>finest</i> is at most 1/51 of the shortest declared window of the series. Neighbouring
 * tiles become one as soon as the smallest block that contains both may be one tile. What may be
 * one tile may stay one for ever, since now only grows; and each block inside it may be one, too.
 *
 * <p><b>Bound.</b> Take a window of length W as of t &gt;= now. Its tail is at t - W, and only a
 * tile whose first event is at or before the tail and whose last event is after it is in doubt. Its
 * block begins at or before the tail. If w &lt;= finest then w &lt;= W / 51. Else the rule gave now
 * - e &gt;= 51 w at some time before, so e &lt;= t - 51 w; the block holds an event after the tail,
 * so t - W &lt; e &lt;= t - 51 w, and again w &lt; W / 51. The tile counts as a whole or not at
 * all, by the end that is nearer to the tail: so the answer is the exact answer for a tail that is
 * off by at most (w + w/64) / 2, where w/64 is the rounding of times below. That is at most 65 /
 * 128 / 51 = 0.996% of W.
 *
 * <p>As of a time t before now, the same holds with W + (now - t) in place of W for the tail. What
 * is folded is cut at t as it is at a tail: the end of the window is off by at most 1% of now - t,
 * or of the shortest window where that is longer.
 *
 * <p>A window with at most {@value SeriesState#HELD} events as of t &gt;= now has no doubt at all:
 * that many newest events are held one by one, so no folded event lies in it.
 *
 * <p><b>Size.</b> No two tiles lie in one block that may be one tile. Between the ages a and 2a,
 * where blocks of width w with a/104 &lt; w &lt;= a/52 may be one, lie at most 105 of these, and at
 * most as many at ages below 52 times the finest: a series with a shortest window of 7 days and 2
 * years of retention has at most about 800 tiles, whatever comes.
 *
 * <p><b>Times.</b> The first and the last event time of a tile are kept in 64ths of its block,
 * rounded down. A tile of one event has a block of one millisecond, and so its exact time: where
 * events are rare, folding loses nothing.
 *
 * <p>The ladder asks for nothing but the shortest window. So a longer window that is declared later
 * finds tiles that are fine enough, and a shorter one does when its own length has passed.
 */
public final class TileLadder {
  /** 51 is the smallest integer for which the bound above is below 1%. */
  static final int AGE_IN_WIDTHS = 51;

  /** Times inside a tile are kept in parts of its block, 2 to the power of this. */
  public static final int TIME_BITS = 6;

  /** The level of the block from 1970 to the middle of 2109, which contains every event time. */
  public static final int MAX_LEVEL = 42;

  private TileLadder() {}

  /**
   * Returns the greatest level whose blocks are fine enough for a window of a length, at any age.
   */
  public static int finestLevel(long shortestWindowMillis) {
    long width = Math.max(1, shortestWindowMillis / AGE_IN_WIDTHS);
    return Long.SIZE - 1 - Long.numberOfLeadingZeros(width);
  }

  /** Returns the level of the smallest block that contains two times. */
  public static int level(long first, long last) {
    return Long.SIZE - Long.numberOfLeadingZeros(first ^ last);
  }

  /**
   * Returns the unit in which times inside a block of a level are kept, in milliseconds, as a power
   * of two.
   */
  public static int tickLevel(int level) {
    return Math.max(0, level - TIME_BITS);
  }

  /** Says whether the smallest block that contains two times may be one tile. */
  static boolean mayBeOne(long first, long last, int finestLevel, long now) {
    int level = level(first, last);
    if (level <= finestLevel) {
      return true;
    }
    long end = ((first >> level) + 1) << level;
    return now - end >= (long) AGE_IN_WIDTHS << level;
  }

  /** Rounds a time down to what is kept of it in a block of a level. */
  static long rounded(long time, int level) {
    int tick = tickLevel(level);
    return time >> tick << tick;
  }
}
