package dev.presage.features.series;

import java.util.Arrays;
import java.util.Collection;
import java.util.TreeSet;

/**
 * How wide a tile may be, by its age.
 *
 * <p><b>Blocks.</b> The grid has levels 0, 1, 2, …. At level i, time since 1970 is cut into blocks
 * of one width w<sub>i</sub>, and each width is a multiple of the one before: so two blocks are
 * disjoint, or one contains the other. A tile is what is known of the events of one block.
 *
 * <p><b>Anchors.</b> The levels follow the windows that are asked for: level i belongs to the
 * anchor A<sub>i</sub>, a declared window, the retention, or a point between two of these that are
 * more than a factor of {@value #MAX_RATIO} apart; A<sub>0</sub> is the shortest. The width
 * w<sub>i</sub> is at most A<sub>i</sub> / {@value #TILES_IN_WINDOW}.
 *
 * <p><b>Rule.</b> With <i>now</i>, the newest event time of the profile, a block of level i that
 * ends at e may be one tile if i = 0 or
 *
 * <pre>{@code   now - e >= A[i - 1] }</pre>
 *
 * Neighbouring tiles in such a block become one when events are folded. What may be one tile may
 * stay one for ever, since now only grows.
 *
 * <p><b>Bound.</b> Take a declared window W = A<sub>j</sub> as of t &gt;= now. Its tail is at t -
 * W. A tile of a level i &lt;= j is at most W / 50 wide. A tile of a level i &gt; j ended at or
 * before now - A<sub>i-1</sub> &lt;= t - A<sub>j</sub>, which is the tail: the window does not
 * touch it. The one tile that the tail may cut counts as a whole or not at all, by the end that is
 * nearer to the tail: so the answer is the exact answer for a tail that is off by at most w / 2,
 * which is at most 1% of W. A window that nobody declared is off by at most 1% of the next longer
 * anchor, so by at most {@value #MAX_RATIO}% of its own length; and by 1% once it is declared and
 * its own length has passed.
 *
 * <p>As of a time t before now, the same holds for both ends of the window, with their ages as seen
 * from now in place of W.
 *
 * <p>A window with at most {@value SeriesState#HELD} events as of t &gt;= now has no doubt at all:
 * that many newest events are held one by one, so no folded event lies in it.
 *
 * <p><b>Size.</b> Between the ages A<sub>i-1</sub> and A<sub>i</sub> lie at most A<sub>i</sub> /
 * w<sub>i</sub> (1 - A<sub>i-1</sub> / A<sub>i</sub>) blocks, and one that is unfinished: some 250
 * tiles for windows of 7, 30, 90 and 365 days and two years of retention, however many events come.
 */
public final class TileGrid {
  /** A window is cut into at least so many tiles. */
  static final int TILES_IN_WINDOW = 50;

  /** Neighbouring anchors are at most this factor apart. */
  static final int MAX_RATIO = 8;

  private static final long SHORTEST_WHERE_NONE = 86_400_000;

  private final long[] widths;
  private final long[] ages;
  private final long[] anchors;

  private TileGrid(long[] widths, long[] ages, long[] anchors) {
    this.widths = widths;
    this.ages = ages;
    this.anchors = anchors;
  }

  /**
   * Returns the grid for windows over a series.
   *
   * @param windowMillis lengths of the windows that have an end; those beyond the retention do not
   *     matter
   * @param retentionMillis how long events stay in windows
   */
  public static TileGrid of(Collection<Long> windowMillis, long retentionMillis) {
    TreeSet<Long> anchors = new TreeSet<>();
    windowMillis.stream().filter(window -> window < retentionMillis).forEach(anchors::add);
    if (anchors.isEmpty()) {
      anchors.add(Math.min(SHORTEST_WHERE_NONE, retentionMillis));
    }
    anchors.add(retentionMillis);
    long anchor = anchors.first();
    while (anchor < retentionMillis) {
      Long next = anchors.higher(anchor);
      if (next != null && next / MAX_RATIO > anchor) {
        anchors.add(anchor * MAX_RATIO);
      }
      anchor = anchors.higher(anchor);
    }
    return of(anchors.stream().mapToLong(Long::longValue).toArray());
  }

  private static TileGrid of(long[] anchors) {
    long[] widths = new long[anchors.length];
    long[] ages = new long[anchors.length];
    int levels = 0;
    for (int i = 0; i < anchors.length; i++) {
      long allowed = Math.max(1, anchors[i] / TILES_IN_WINDOW);
      long before = levels == 0 ? 1 : widths[levels - 1];
      long width = before * Math.max(1, allowed / before);
      if (levels == 0 || width > before) {
        widths[levels] = width;
        ages[levels] = i == 0 ? Long.MIN_VALUE : anchors[i - 1];
        levels++;
      }
    }
    return new TileGrid(Arrays.copyOf(widths, levels), Arrays.copyOf(ages, levels), anchors);
  }

  /** Returns the number of levels. */
  public int levels() {
    return widths.length;
  }

  /** Returns the width of the blocks of a level, in milliseconds. */
  public long width(int level) {
    return widths[level];
  }

  /** Returns the lengths for which the grid is made, ascending, in milliseconds. */
  public long[] anchors() {
    return anchors.clone();
  }

  /** Returns where the block of a level begins that contains a time from 1970 on. */
  long start(int level, long time) {
    return time - time % widths[level];
  }

  /**
   * Returns the time up to which every block of a level above 0 may be one tile: the end of the
   * newest such block, or what is before 1970 where there is none.
   */
  long frontier(int level, long now) {
    long until = now - ages[level];
    return until < 0 ? -1 : start(level, until);
  }
}
