package dev.presage.features.series;

import dev.presage.features.declaration.SeriesDefinition.Kind;
import java.util.List;

/**
 * What one window of a series holds.
 *
 * <pre>{@code
 * view.open(series);
 * view.select(asOf - week, asOf);    // count(), sum(), … of the last 7 days
 * view.selectAll(asOf);              // … of all time
 * }</pre>
 *
 * <p>A window costs two searches and a difference, however many events it holds. Reusable, so that
 * a vector costs no garbage; not thread-safe.
 */
public final class WindowView {
  /** Stands for no series before the first one is opened. */
  private static final SeriesState NONE =
      new SeriesState(
          new SeriesLayout(
              0,
              0,
              Kind.TIMES,
              TileGrid.of(List.of(), 1),
              1,
              List.of(),
              List.of(),
              SeriesLayout.Needs.NOTHING));

  /** Stands for a time that is not asked for again and again. */
  public static final int NO_SLOT = -1;

  private SeriesState series = NONE;
  private EventBuffer held = NONE.held();
  private Tiles tiles = NONE.tiles();
  private HeldIndex index = NONE.heldIndex();
  private TileIndex tileIndex = NONE.tileIndex();
  private long tail;
  private long head;
  private int heldFrom;
  private int heldTo;
  private int tilesFrom;
  private int tilesTo;
  private boolean withBeyond;
  private long count;

  /** Turns to a series. */
  public void open(SeriesState toView) {
    series = toView;
    held = toView.held();
    tiles = toView.tiles();
    index = toView.heldIndex();
    tileIndex = toView.tileIndex();
  }

  /**
   * Selects the window (tail, head].
   *
   * @param tail milliseconds since 1970, before the head
   * @param head milliseconds since 1970
   */
  public void select(long tail, long head) {
    select(NO_SLOT, NO_SLOT, tail, head);
  }

  /**
   * Selects the window (tail, head], fast where it moves on little by little.
   *
   * @param tailSlot a small number for each time before the as-of time, from 0 on, by which it is
   *     known again
   * @param headSlot the same for the head; {@link #NO_SLOT} where that is the as-of time
   */
  public void select(int tailSlot, int headSlot, long tail, long head) {
    this.tail = tail;
    this.head = head;
    int size = held.size();
    heldTo = size == 0 || held.time(size - 1) <= head ? size : held.countUntil(head);
    heldFrom = heldTo == 0 || held.time(0) > tail ? 0 : held.countUntil(tail);
    if (tiles.size() == 0) {
      tilesFrom = 0;
      tilesTo = 0;
    } else {
      tilesTo = heldTo > 0 ? tiles.size() : tilesUntil(head, headSlot);
      boolean fromTheFirst = tail < tiles.start(0);
      tilesFrom = heldFrom > 0 ? tilesTo : fromTheFirst ? 0 : tilesUntil(tail, tailSlot);
    }
    withBeyond = false;
    count = (long) heldTo - heldFrom;
    if (tilesFrom < tilesTo) {
      count += tileIndex.count(tilesTo) - tileIndex.count(tilesFrom);
    }
  }

  /** Selects everything that there ever was, up to a time. */
  public void selectAll(long until) {
    select(Long.MIN_VALUE, until);
    if (series.beyond().count() > 0 && series.firstTime() <= until) {
      withBeyond = true;
      count += series.beyond().count();
    }
  }

  /** Returns the time at which the window ends. */
  public long head() {
    return head;
  }

  /** Returns the number of events. */
  public long count() {
    return count;
  }

  /** Returns the number of events that are held one by one. */
  public int heldCount() {
    return heldTo - heldFrom;
  }

  /** Returns the index of the first tile in the window. */
  public int tilesFrom() {
    return tilesFrom;
  }

  /** Returns the index after the last tile in the window. */
  public int tilesTo() {
    return tilesTo;
  }

  /** Returns the index of the first event in the window that is held one by one. */
  public int heldFrom() {
    return heldFrom;
  }

  /** Returns the index after the last event in the window that is held one by one. */
  public int heldTo() {
    return heldTo;
  }

  /** Returns the index of the tile that the tail of the window cuts, -1 where it cuts none. */
  public int tileCutByTail() {
    return heldFrom > 0 || tail == Long.MIN_VALUE ? -1 : tileCutBy(tail);
  }

  /** Returns the index of the tile that the head of the window cuts, -1 where it cuts none. */
  public int tileCutByHead() {
    return heldTo > 0 ? -1 : tileCutBy(head);
  }

  /** Says whether what is beyond the retention is in the window, and there is something. */
  public boolean withBeyond() {
    return withBeyond;
  }

  /** Returns the sum of the values; 0 of an empty window. */
  public double sum() {
    double high = 0;
    double low = 0;
    if (heldFrom < heldTo) {
      high = index.high(heldTo) - index.high(heldFrom);
      low =
          CompensatedSum.error(index.high(heldTo), -index.high(heldFrom), high)
              + (index.low(heldTo) - index.low(heldFrom));
    }
    if (tilesFrom < tilesTo) {
      double more = tileIndex.high(tilesTo) - tileIndex.high(tilesFrom);
      double rest =
          CompensatedSum.error(tileIndex.high(tilesTo), -tileIndex.high(tilesFrom), more)
              + (tileIndex.low(tilesTo) - tileIndex.low(tilesFrom));
      double next = high + more;
      low += CompensatedSum.error(high, more, next) + rest;
      high = next;
    }
    if (withBeyond) {
      double next = high + series.beyond().sum();
      low += CompensatedSum.error(high, series.beyond().sum(), next) + series.beyond().low();
      high = next;
    }
    return high + low;
  }

  /** Returns the least value; infinite for an empty window. */
  public double least() {
    double least = Double.POSITIVE_INFINITY;
    if (heldTo == held.size() && heldFrom < heldTo) {
      least = index.least(heldFrom);
    } else {
      for (int i = heldFrom; i < heldTo; i++) {
        least = Math.min(least, held.value(i));
      }
    }
    if (tilesTo == tiles.size() && tilesFrom < tilesTo) {
      least = Math.min(least, tileIndex.least(tilesFrom));
    } else {
      for (int i = tilesFrom; i < tilesTo; i++) {
        least = Math.min(least, tiles.least(i));
      }
    }
    return withBeyond ? Math.min(least, series.beyond().least()) : least;
  }

  /** Returns the greatest value; infinite for an empty window. */
  public double greatest() {
    double greatest = Double.NEGATIVE_INFINITY;
    if (heldTo == held.size() && heldFrom < heldTo) {
      greatest = index.greatest(heldFrom);
    } else {
      for (int i = heldFrom; i < heldTo; i++) {
        greatest = Math.max(greatest, held.value(i));
      }
    }
    if (tilesTo == tiles.size() && tilesFrom < tilesTo) {
      greatest = Math.max(greatest, tileIndex.greatest(tilesFrom));
    } else {
      for (int i = tilesFrom; i < tilesTo; i++) {
        greatest = Math.max(greatest, tiles.greatest(i));
      }
    }
    return withBeyond ? Math.max(greatest, series.beyond().greatest()) : greatest;
  }

  /** Returns the sum of squared deviations of the values from their mean. */
  public double squaredDeviations() {
    double mean = sum() / count();
    double squares = held.squaredDeviations(heldFrom, heldTo, mean);
    if (tilesTo == tiles.size() && tilesFrom < tilesTo) {
      double distance = tileIndex.mean(tilesFrom) - mean;
      double count = tileIndex.count(tilesTo) - tileIndex.count(tilesFrom);
      squares += tileIndex.squares(tilesFrom) + count * distance * distance;
    } else {
      for (int i = tilesFrom; i < tilesTo; i++) {
        double distance = tiles.sum(i) / tiles.count(i) - mean;
        squares += tiles.squares(i) + tiles.count(i) * distance * distance;
      }
    }
    if (withBeyond) {
      Totals beyond = series.beyond();
      double distance = (beyond.sum() + beyond.low()) / beyond.count() - mean;
      squares += beyond.squares() + beyond.count() * distance * distance;
    }
    return squares;
  }

  /** Returns the time of the oldest event of a window that is not empty. */
  public long firstTime() {
    if (tail == Long.MIN_VALUE) {
      return series.firstTime();
    }
    return tilesFrom < tilesTo ? series.middleOf(tilesFrom) : held.time(heldFrom);
  }

  /** Returns how far {@link #firstTime} can be off, in milliseconds. */
  public long firstTimeDoubt() {
    return tail == Long.MIN_VALUE || tilesFrom == tilesTo ? 0 : series.halfWidth(tilesFrom);
  }

  /** Returns the value of the oldest event of a window that is not empty. */
  public double firstValue() {
    if (tail == Long.MIN_VALUE) {
      return series.firstValue();
    }
    return tilesFrom < tilesTo ? tiles.firstValue(tilesFrom) : held.value(heldFrom);
  }

  /**
   * Says whether it is known when the k-th newest event was: not where several events that are
   * newer than it, or as new, are beyond the retention.
   *
   * @param k from 1, the newest, to {@link #count}
   */
  public boolean knowsLast(int k) {
    return k <= count() && (!withBeyond || k <= count() - series.beyond().count() + 1);
  }

  /** Returns the time of the k-th newest event, where it is known. */
  public long lastTime(int k) {
    if (heldTo - heldFrom >= k) {
      return held.time(heldTo - k);
    }
    int tile = tileOf(k);
    if (tile < 0) {
      return series.beyond().lastTime();
    }
    return isNewestFolded(k, tile) ? series.foldedUntil() : series.middleOf(tile);
  }

  /** Returns how far {@link #lastTime} can be off, in milliseconds. */
  public long lastTimeDoubt(int k) {
    if (heldTo - heldFrom >= k) {
      return 0;
    }
    int tile = tileOf(k);
    if (tile < 0) {
      TileGrid grid = series.layout().grid();
      return grid.width(grid.levels() - 1) / 2;
    }
    return isNewestFolded(k, tile) ? 0 : series.halfWidth(tile);
  }

  /**
   * Returns the value of the k-th newest event, where it is known; where that was folded, the last
   * value of its tile.
   */
  public double lastValue(int k) {
    if (heldTo - heldFrom >= k) {
      return held.value(heldTo - k);
    }
    int tile = tileOf(k);
    return tile < 0 ? series.beyond().lastValue() : tiles.lastValue(tile);
  }

  /** Returns the number of sessions; 0 of an empty window. */
  public long sessions(int gap) {
    return count() == 0 ? 0 : 1 + breaks(gap);
  }

  /** Returns how long all sessions are together, in milliseconds; 0 of an empty window. */
  public long sessionMillis(int gap) {
    if (count() == 0) {
      return 0;
    }
    long millis = 0;
    if (heldFrom < heldTo) {
      millis += index.breakMillis(gap, heldTo) - index.breakMillis(gap, heldFrom);
    }
    if (tilesFrom < tilesTo) {
      millis += tileIndex.breakMillis(gap, tilesTo) - tileIndex.breakMillis(gap, tilesFrom);
    }
    if (withBeyond) {
      millis += series.beyond().breakMillis(gap);
    }
    if (opensWithBreak(gap)) {
      millis -=
          tilesFrom < tilesTo
              ? tiles.silence(tilesFrom)
              : index.breakMillis(gap, heldFrom + 1) - index.breakMillis(gap, heldFrom);
    }
    return Math.max(0, lastTime(1) - firstTime() - millis);
  }

  /** Returns the decayed sum of all values up to the head of the window, which has no tail. */
  public double decayed(int halfLife) {
    long millis = series.layout().decayed().get(halfLife).halfLifeMillis();
    if (heldTo > 0) {
      long newest = held.time(heldTo - 1);
      return index.decayed(halfLife, heldTo - 1) * Decay.factor(head - newest, millis);
    }
    if (head >= series.foldedUntil()) {
      return series.foldedDecayed(halfLife, head);
    }
    return series.decayedInTiles(halfLife, tilesTo, head);
  }

  /** Returns the number of different identifiers. */
  public double distinct() {
    boolean past = heldTo < held.size();
    double count = 0;
    if (!past) {
      count = index.distinct(heldTo) - index.distinct(heldFrom);
    } else {
      for (int i = heldFrom; i < heldTo; i++) {
        count += comesAgain(i) ? 0 : 1;
      }
    }
    return heldFrom > 0 ? count : count + series.sample().count(tail, head, past);
  }

  /** Says whether identifiers in the window stand for others, as there are too many to keep. */
  public boolean isSampled() {
    return heldFrom == 0 && series.sample().isWeighted(tail, head);
  }

  private boolean comesAgain(int event) {
    for (int i = event + 1; i < heldTo; i++) {
      if (held.value(i) == held.value(event)) {
        return true;
      }
    }
    return false;
  }

  private long breaks(int gap) {
    long breaks = 0;
    if (heldFrom < heldTo) {
      breaks += index.breaks(gap, heldTo) - index.breaks(gap, heldFrom);
    }
    if (tilesFrom < tilesTo) {
      breaks += tileIndex.breaks(gap, tilesTo) - tileIndex.breaks(gap, tilesFrom);
    }
    if (withBeyond) {
      breaks += series.beyond().breaks(gap);
    }
    return opensWithBreak(gap) ? breaks - 1 : breaks;
  }

  /** Says whether a break before the first event of the window is counted in it. */
  private boolean opensWithBreak(int gap) {
    if (withBeyond) {
      return false;
    }
    if (tilesFrom < tilesTo) {
      return tiles.silence(tilesFrom) > series.layout().gaps()[gap];
    }
    return index.breaks(gap, heldFrom + 1) > index.breaks(gap, heldFrom);
  }

  private boolean isNewestFolded(int k, int tile) {
    return k == 1 && tile == tiles.size() - 1 && series.foldedUntil() <= head;
  }

  private int tileCutBy(long time) {
    if (time >= series.foldedUntil()) {
      return -1;
    }
    int begun = tiles.countBegunBy(time);
    return begun > 0 && series.endOf(begun - 1) - 1 > time ? begun - 1 : -1;
  }

  /** Returns the tile of the k-th newest event, -1 where it is beyond the retention. */
  private int tileOf(int k) {
    int left = k - (heldTo - heldFrom);
    int tile = tilesTo - 1;
    while (tile >= tilesFrom && tiles.count(tile) < left) {
      left -= (int) tiles.count(tile);
      tile--;
    }
    return tile >= tilesFrom ? tile : -1;
  }

  /**
   * Returns the number of tiles that count as not later than a time. One that the time cuts counts
   * as a whole, by the end that is nearer.
   */
  private int tilesUntil(long time, int slot) {
    if (time >= series.foldedUntil()) {
      return tiles.size();
    }
    int begun =
        slot == NO_SLOT ? tiles.countBegunBy(time) : tileIndex.countBegunBy(tiles, time, slot);
    if (begun > 0) {
      long first = tiles.start(begun - 1);
      long last = series.endOf(begun - 1) - 1;
      if (last > time && time - first <= last - time) {
        return begun - 1;
      }
    }
    return begun;
  }
}
