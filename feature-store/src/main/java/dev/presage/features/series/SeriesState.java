package dev.presage.features.series;

/**
 * What a profile remembers of one series: the newest events one by one, older ones in tiles, those
 * beyond the retention in running totals, and for ever which was the first.
 *
 * <p>Every event of the tiles comes before every event that is held, by time and value, and every
 * event of the totals is beyond the retention. Folding, roll-up and retirement happen here, when an
 * event is added and by the times of events; {@link WindowView} reads and changes nothing.
 */
public final class SeriesState {
  /** At least so many of the newest events are held one by one. */
  public static final int HELD = 64;

  /** So many events are folded at once: tiles change with one event in so many. */
  static final int BATCH = 16;

  /** No more events than this are ever held. */
  public static final int MAX_HELD = HELD + BATCH;

  private final SeriesLayout layout;
  private final EventBuffer held;
  private final Tiles tiles;
  private final Totals beyond = new Totals();
  private long firstTime = Long.MAX_VALUE;
  private double firstValue;

  public SeriesState(SeriesLayout layout) {
    this.layout = layout;
    this.held = new EventBuffer(layout.numeric());
    this.tiles = new Tiles(layout.numeric());
  }

  /**
   * Adds an event.
   *
   * @param time its time in milliseconds, after {@code now} minus the retention
   * @param value its number, finite; 0 in a series without numbers
   * @param now the newest event time of the profile, this event included
   */
  public void add(long time, double value, long now) {
    if (time < firstTime || (time == firstTime && value < firstValue)) {
      begin(time, value);
    }
    if (tiles.size() > 0 && held.isBeforeOldest(time, value)) {
      tiles.insert(time, value);
      tiles.rollUp(layout.finestLevel(), now);
    } else {
      held.insert(time, value);
      if (held.size() > MAX_HELD) {
        fold(now);
      }
    }
    retire(now - layout.retentionMillis());
  }

  /** Sets which event was the first; for decoding. */
  public void begin(long time, double value) {
    firstTime = time;
    firstValue = value;
  }

  public SeriesLayout layout() {
    return layout;
  }

  public boolean isEmpty() {
    return firstTime == Long.MAX_VALUE;
  }

  /** Returns the time of the first event of all, exactly. */
  public long firstTime() {
    return firstTime;
  }

  /** Returns the value of the first event of all. */
  public double firstValue() {
    return firstValue;
  }

  public EventBuffer held() {
    return held;
  }

  public Tiles tiles() {
    return tiles;
  }

  public Totals beyond() {
    return beyond;
  }

  private void fold(long now) {
    for (int i = 0; i < BATCH; i++) {
      tiles.append(held.time(i), held.value(i));
    }
    held.removeOldest(BATCH);
    tiles.rollUp(layout.finestLevel(), now);
  }

  private void retire(long until) {
    tiles.retire(until, beyond);
    if (tiles.size() == 0 && held.time(0) <= until) {
      int retired = held.countUntil(until);
      for (int i = 0; i < retired; i++) {
        beyond.addEvent(held.time(i), held.value(i));
      }
      held.removeOldest(retired);
    }
  }
}
