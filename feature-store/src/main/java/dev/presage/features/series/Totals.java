package dev.presage.features.series;

/**
 * The running totals of what has left the retention of a series. The sum is kept in two parts, so
 * that it stays right over many millions of small values.
 */
public final class Totals {
  private static final long[] NO_LONGS = {};

  private long count;
  private double sum;
  private double low;
  private double squares;
  private double least;
  private double greatest;
  private long lastTime;
  private double lastValue;
  private final long[] breaks;
  private final long[] breakMillis;

  Totals(int gaps) {
    this.breaks = gaps == 0 ? NO_LONGS : new long[gaps];
    this.breakMillis = gaps == 0 ? NO_LONGS : new long[gaps];
  }

  public long count() {
    return count;
  }

  /** Returns the leading part of the sum. */
  public double sum() {
    return sum;
  }

  /** Returns the part of the sum that its leading part has no digits for. */
  public double low() {
    return low;
  }

  /** Returns the sum of squared deviations from the mean. */
  public double squares() {
    return squares;
  }

  public double least() {
    return least;
  }

  public double greatest() {
    return greatest;
  }

  /** Returns the time of the newest event of these. */
  public long lastTime() {
    return lastTime;
  }

  /** Returns the value of the newest event of these. */
  public double lastValue() {
    return lastValue;
  }

  /** Returns how many times nothing happened for longer than a gap. */
  public long breaks(int gap) {
    return breaks[gap];
  }

  /** Returns how long these times are together, in milliseconds. */
  public long breakMillis(int gap) {
    return breakMillis[gap];
  }

  /** Adds breaks. */
  public void addBreaks(int gap, long number, long millis) {
    breaks[gap] += number;
    breakMillis[gap] += millis;
  }

  /** Takes totals over as they were; for decoding. */
  public void restore(long events, long ofLast) {
    count = events;
    lastTime = ofLast;
  }

  /** Takes the totals of the values over as they were; for decoding. */
  public void restoreValues(
      double total, double rest, double deviations, double min, double max, double ofLast) {
    sum = total;
    low = rest;
    squares = deviations;
    least = min;
    greatest = max;
    lastValue = ofLast;
  }

  /** Adds an event that is not older than any other. */
  void addEvent(long time, double value) {
    addValues(1, value, 0, value, value);
    count++;
    lastTime = time;
    lastValue = value;
  }

  /** Adds a tile that is not older than any other. */
  void addTile(Tiles tiles, int tile) {
    if (tiles.numeric()) {
      addValues(
          tiles.count(tile),
          tiles.sum(tile),
          tiles.squares(tile),
          tiles.least(tile),
          tiles.greatest(tile));
    }
    count += tiles.count(tile);
    lastTime = tiles.middle(tile);
    for (int i = 0; i < breaks.length; i++) {
      addBreaks(i, tiles.breaks(i, tile), tiles.breakMillis(i, tile));
    }
    lastValue = tiles.lastValue(tile);
  }

  /** Adds the totals of another profile; it does not matter which of the two comes first. */
  void addAll(Totals other) {
    for (int i = 0; i < breaks.length; i++) {
      addBreaks(i, other.breaks[i], other.breakMillis[i]);
    }
    if (other.count == 0) {
      return;
    }
    if (count == 0 || other.lastTime > lastTime) {
      lastValue = other.lastValue;
    } else if (other.lastTime == lastTime) {
      lastValue = Math.max(lastValue, other.lastValue);
    }
    lastTime = count == 0 ? other.lastTime : Math.max(lastTime, other.lastTime);
    if (count == 0) {
      sum = other.sum;
      low = other.low;
      squares = other.squares;
      least = other.least;
      greatest = other.greatest;
    } else {
      squares = (squares + other.squares) + Tiles.deviations(count, sum, other.count, other.sum);
      least = Math.min(least, other.least);
      greatest = Math.max(greatest, other.greatest);
      double next = sum + other.sum;
      low = (low + other.low) + CompensatedSum.error(sum, other.sum, next);
      sum = next;
    }
    count += other.count;
  }

  private void addValues(long events, double total, double deviations, double min, double max) {
    if (count == 0) {
      least = min;
      greatest = max;
      squares = deviations;
    } else {
      least = Math.min(least, min);
      greatest = Math.max(greatest, max);
      squares += deviations + Tiles.deviations(count, sum, events, total);
    }
    double next = sum + total;
    low += CompensatedSum.error(sum, total, next);
    sum = next;
  }
}
