package dev.presage.features.series;

/**
 * What one window of a series holds, as of one time. The windows of a series are visited from the
 * shortest to the longest, each reaching further back than the one before, so that all of them
 * together look at each event and each tile once.
 *
 * <pre>{@code
 * view.open(series, asOf);
 * view.reachBackTo(asOf - week);    // count(), sum(), … of the last 7 days
 * view.reachBackTo(asOf - month);   // … of the last 30 days
 * view.reachBackToBeginning();      // … of all time
 * }</pre>
 *
 * <p>Reusable, so that a vector costs no garbage; not thread-safe.
 */
public final class WindowView {
  /** Stands for no series before the first one is opened. */
  private static final SeriesState NONE = new SeriesState(new SeriesLayout(0, false, 0, 1));

  private SeriesState series = NONE;
  private long asOf;
  private int heldFrom;
  private int heldTo;
  private int tilesFrom;
  private int tilesTo;
  private boolean whole;
  private long count;
  private double sum;
  private double low;
  private double least;
  private double greatest;

  /** Starts with an empty window that ends at a time, which belongs to it. */
  public void open(SeriesState toView, long asOfMillis) {
    series = toView;
    asOf = asOfMillis;
    heldTo = toView.held().countUntil(asOfMillis);
    heldFrom = heldTo;
    tilesTo = heldTo > 0 ? toView.tiles().size() : tilesEndingBy(asOfMillis);
    tilesFrom = tilesTo;
    whole = false;
    count = 0;
    sum = 0;
    low = 0;
    least = Double.POSITIVE_INFINITY;
    greatest = Double.NEGATIVE_INFINITY;
  }

  /** Extends the window back to a time, which does not belong to it, in milliseconds. */
  public void reachBackTo(long tail) {
    reachBack(Math.min(heldFrom, series.held().countUntil(tail)), tail);
  }

  /** Extends the window back over everything that there ever was. */
  public void reachBackToBeginning() {
    reachBack(0, Long.MIN_VALUE);
    Totals beyond = series.beyond();
    if (beyond.count() > 0 && !whole && series.firstTime() <= asOf) {
      count += beyond.count();
      if (series.layout().numeric()) {
        add(beyond.sum());
        add(beyond.low());
        least = Math.min(least, beyond.least());
        greatest = Math.max(greatest, beyond.greatest());
      }
    }
    whole = true;
  }

  /** Returns the time at which the window ends. */
  public long asOf() {
    return asOf;
  }

  public long count() {
    return count;
  }

  /** Returns the sum of the values; 0 of an empty window. */
  public double sum() {
    return sum + low;
  }

  /** Returns the mean of the values; NaN of an empty window. */
  public double mean() {
    return sum() / count;
  }

  /** Returns the least value; infinite for an empty window. */
  public double least() {
    return least;
  }

  /** Returns the greatest value; infinite for an empty window. */
  public double greatest() {
    return greatest;
  }

  /** Returns the sum of squared deviations of the values from their mean, in a pass of its own. */
  public double squaredDeviations() {
    double mean = mean();
    double squares = 0;
    EventBuffer held = series.held();
    for (int i = heldFrom; i < heldTo; i++) {
      double distance = held.value(i) - mean;
      squares += distance * distance;
    }
    Tiles tiles = series.tiles();
    for (int i = tilesFrom; i < tilesTo; i++) {
      double distance = tiles.sum(i) / tiles.count(i) - mean;
      squares += tiles.squares(i) + tiles.count(i) * distance * distance;
    }
    Totals beyond = series.beyond();
    if (whole && beyond.count() > 0) {
      double distance = (beyond.sum() + beyond.low()) / beyond.count() - mean;
      squares += beyond.squares() + beyond.count() * distance * distance;
    }
    return squares;
  }

  /**
   * Returns the time of the oldest event of a window that is not empty; as of the past it can be
   * later than that, within the bound.
   */
  public long firstTime() {
    if (whole) {
      return series.firstTime();
    }
    return tilesFrom < tilesTo ? series.tiles().first(tilesFrom) : series.held().time(heldFrom);
  }

  /** Returns the value of the oldest event of a window that is not empty. */
  public double firstValue() {
    if (whole) {
      return series.firstValue();
    }
    return tilesFrom < tilesTo
        ? series.tiles().firstValue(tilesFrom)
        : series.held().value(heldFrom);
  }

  /**
   * Returns the time of the newest event of a window that is not empty; as of the past it can be
   * later than that, within the bound.
   */
  public long lastTime() {
    if (heldFrom < heldTo) {
      return series.held().time(heldTo - 1);
    }
    return tilesFrom < tilesTo ? series.tiles().last(tilesTo - 1) : series.beyond().lastTime();
  }

  /** Returns the value of the newest event of a window that is not empty. */
  public double lastValue() {
    if (heldFrom < heldTo) {
      return series.held().value(heldTo - 1);
    }
    return tilesFrom < tilesTo
        ? series.tiles().lastValue(tilesTo - 1)
        : series.beyond().lastValue();
  }

  private void reachBack(int from, long tail) {
    count += heldFrom - from;
    if (series.layout().numeric()) {
      EventBuffer held = series.held();
      for (int i = heldFrom - 1; i >= from; i--) {
        double value = held.value(i);
        add(value);
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
      }
    }
    heldFrom = from;
    if (from == 0) {
      reachBackInTiles(tail);
    }
  }

  private void reachBackInTiles(long tail) {
    Tiles tiles = series.tiles();
    while (tilesFrom > 0 && isInside(tiles, tilesFrom - 1, tail)) {
      tilesFrom--;
      count += tiles.count(tilesFrom);
      if (series.layout().numeric()) {
        add(tiles.sum(tilesFrom));
        least = Math.min(least, tiles.least(tilesFrom));
        greatest = Math.max(greatest, tiles.greatest(tilesFrom));
      }
    }
  }

  /**
   * A tile that the tail cuts is inside or not as a whole, by the end that is nearer to the tail.
   */
  private static boolean isInside(Tiles tiles, int tile, long tail) {
    long first = tiles.first(tile);
    long last = tiles.last(tile);
    return first > tail || (last > tail && tail - first <= last - tail);
  }

  private int tilesEndingBy(long time) {
    Tiles tiles = series.tiles();
    int begun = tiles.countBegunBy(time);
    if (begun > 0) {
      long first = tiles.first(begun - 1);
      long last = tiles.last(begun - 1);
      if (last > time && time - first < last - time) {
        return begun - 1;
      }
    }
    return begun;
  }

  private void add(double value) {
    double next = sum + value;
    low += CompensatedSum.error(sum, value, next);
    sum = next;
  }
}
