package dev.presage.features.series;

import dev.presage.features.declaration.SeriesDefinition.Kind;
import dev.presage.features.series.SeriesLayout.Decayed;
import java.util.ArrayList;
import java.util.List;

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

  /** What was just read has room for so many more events: few may come before it is let go. */
  public static final int SPARE = 6;

  /** Stands for a time that is not there. */
  public static final long NEVER = -1;

  private static final double[] NO_DECAYED = {};
  private static final SeriesLayout NO_LAYOUT =
      new SeriesLayout(
          0,
          0,
          Kind.TIMES,
          TileGrid.of(List.of(), 1),
          1,
          List.of(),
          List.of(),
          SeriesLayout.Needs.NOTHING);

  /** Stand for the tiles of every series that has none yet, which is most of them. */
  private static final Tiles NO_TILES = new Tiles(NO_LAYOUT);

  private static final TileIndex NO_TILE_INDEX = new TileIndex(NO_LAYOUT);
  private static final Totals NO_TOTALS = new Totals(0);
  private static final DistinctSample NO_SAMPLE = new DistinctSample();

  private final SeriesLayout layout;
  private final EventBuffer held;
  private final HeldIndex heldIndex;
  private Tiles tiles = NO_TILES;
  private TileIndex tileIndex = NO_TILE_INDEX;
  private Totals beyond = NO_TOTALS;
  private final DistinctSample sample;
  private final double[] foldedDecayed;
  private long firstTime = Long.MAX_VALUE;
  private double firstValue;
  private long foldedUntil = NEVER;
  private long since = NEVER;

  public SeriesState(SeriesLayout layout) {
    this.layout = layout;
    this.held = new EventBuffer(layout.valued());
    this.heldIndex = new HeldIndex(layout);
    this.sample = layout.kind() == Kind.IDENTIFIERS ? new DistinctSample() : NO_SAMPLE;
    this.foldedDecayed =
        layout.decayed().isEmpty() ? NO_DECAYED : new double[layout.decayed().size()];
  }

  /**
   * Adds an event.
   *
   * @param time its time in milliseconds, after {@code now} minus the retention
   * @param value its number, finite, or the hash of its identifier; 0 in a series of times
   * @param now the newest event time of the profile, this event included
   */
  public void add(long time, double value, long now) {
    if (time < firstTime || (time == firstTime && value < firstValue)) {
      begin(time, value);
    }
    if (tiles.size() > 0 && (held.size() == 0 || held.isBeforeOldest(time, value))) {
      addFolded(time, value);
      tiles.rollUp(now);
    } else {
      heldIndex.changedFrom(held.insert(time, value));
      foldSurplus(now);
    }
    retire(now - layout.retentionMillis());
  }

  /**
   * Makes the union of two profiles' states of this series; it does not matter which of the two
   * comes first.
   *
   * @param shared the times of the events that both profiles had under one ID
   * @param now the newer of the newest event times of both
   */
  public static SeriesState union(SeriesState one, SeriesState other, List<Long> shared, long now) {
    SeriesState union = new SeriesState(one.layout);
    union.unite(one, other);
    union.holdBoth(one.held, other.held, shared);
    union.foldWhatTilesReach(now);
    union.foldSurplus(now);
    union.tiles.rollUp(now);
    union.retire(now - union.layout.retentionMillis());
    return union;
  }

  /** Sets which event was the first; for decoding. */
  public void begin(long time, double value) {
    firstTime = time;
    firstValue = value;
  }

  public SeriesLayout layout() {
    return layout;
  }

  /** Says whether there never was an event. */
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

  /** Returns the events that are held one by one. */
  public EventBuffer held() {
    return held;
  }

  public Tiles tiles() {
    return tiles;
  }

  /** Returns the tiles to be changed. */
  public Tiles ownTiles() {
    if (tiles == NO_TILES) {
      tiles = new Tiles(layout);
      tileIndex = new TileIndex(layout);
    }
    return tiles;
  }

  /** Returns the totals of what is beyond the retention, to be read while there is any. */
  public Totals beyond() {
    return beyond;
  }

  /** Returns the totals to be changed. */
  public Totals ownBeyond() {
    if (beyond == NO_TOTALS) {
      beyond = new Totals(layout.gaps().length);
    }
    return beyond;
  }

  /** Returns the identifiers of the folded events. */
  public DistinctSample sample() {
    return sample;
  }

  /** Returns the time of the newest event that was folded, exactly; {@link #NEVER} without one. */
  public long foldedUntil() {
    return foldedUntil;
  }

  /** Sets the time of the newest event that was folded; for decoding. */
  public void foldedUntil(long time) {
    foldedUntil = time;
  }

  /** Returns the decayed sum of the folded events as of {@link #foldedUntil}. */
  public double foldedDecayed(int halfLife) {
    return foldedDecayed[halfLife];
  }

  /** Sets the decayed sum of the folded events; for decoding. */
  public void foldedDecayed(int halfLife, double sum) {
    foldedDecayed[halfLife] = sum;
  }

  /**
   * Works out from the tiles what the decayed sum of the folded events would be, for a half-life
   * that is new.
   */
  public void estimateFoldedDecayed(int halfLife) {
    foldedDecayed[halfLife] = decayedInTiles(halfLife, tiles.size(), foldedUntil);
  }

  /** Returns the decayed sum of the oldest tiles, and of all before them, as of a time. */
  double decayedInTiles(int halfLife, int until, long time) {
    Decayed decay = layout.decayed().get(halfLife);
    long millis = decay.halfLifeMillis();
    double sum = 0;
    if (beyond.count() > 0) {
      double total = decay.ofValues() ? beyond.sum() : beyond.count();
      sum = total * Decay.factor(Math.max(0, time - beyond.lastTime()), millis);
    }
    for (int i = 0; i < until; i++) {
      double total = decay.ofValues() ? tiles.sum(i) : tiles.count(i);
      sum += total * Decay.factor(Math.max(0, time - middleOf(i)), millis);
    }
    return sum;
  }

  /**
   * Returns since when the series is tracked, for a profile that was there before; {@link #NEVER}
   * where it always was.
   */
  public long since() {
    return since;
  }

  /** Sets since when the series is tracked. */
  public void since(long time) {
    since = time;
  }

  /** Returns what is computed ahead of the events that are held, up to date. */
  HeldIndex heldIndex() {
    heldIndex.refresh(this);
    return heldIndex;
  }

  /** Returns what is computed ahead of the tiles, up to date. */
  TileIndex tileIndex() {
    if (tiles != NO_TILES) {
      tileIndex.refresh(tiles);
    }
    return tileIndex;
  }

  /** Returns the decayed sum of the folded events as of a time at or after the newest of them. */
  double foldedDecayed(int halfLife, long time) {
    if (foldedUntil == NEVER) {
      return 0;
    }
    long millis = layout.decayed().get(halfLife).halfLifeMillis();
    return foldedDecayed[halfLife] * Decay.factor(time - foldedUntil, millis);
  }

  private void unite(SeriesState one, SeriesState other) {
    SeriesState first = one.isFirst(other) ? one : other;
    firstTime = first.firstTime;
    firstValue = first.firstValue;
    since = Math.max(one.since, other.since);
    uniteBeyond(one.beyond);
    uniteBeyond(other.beyond);
    ownTiles().unite(one.tiles, other.tiles);
    foldedUntil = Math.max(one.foldedUntil, other.foldedUntil);
    for (int i = 0; i < foldedDecayed.length; i++) {
      foldedDecayed[i] = one.foldedDecayed(i, foldedUntil) + other.foldedDecayed(i, foldedUntil);
    }
    if (layout.kind() == Kind.IDENTIFIERS) {
      sample.addAll(one.sample);
      sample.addAll(other.sample);
    }
  }

  private void uniteBeyond(Totals other) {
    if (other.count() > 0) {
      ownBeyond().addAll(other);
    }
  }

  /** Takes over the events of both, those that they share once. */
  private void holdBoth(EventBuffer one, EventBuffer other, List<Long> shared) {
    for (int i = 0; i < one.size(); i++) {
      held.insert(one.time(i), one.value(i));
    }
    List<Long> left = new ArrayList<>(shared);
    EventBuffer counterparts = new EventBuffer(layout.valued());
    if (!left.isEmpty()) {
      for (int i = 0; i < one.size(); i++) {
        counterparts.insert(one.time(i), one.value(i));
      }
    }
    for (int i = 0; i < other.size(); i++) {
      long time = other.time(i);
      double value = other.value(i);
      if (left.contains(time) && counterparts.contains(time, value)) {
        left.remove(time);
        counterparts.removeOne(time, value);
      } else {
        held.insert(time, value);
      }
    }
    heldIndex.changedFrom(0);
  }

  private boolean isFirst(SeriesState other) {
    return firstTime < other.firstTime
        || (firstTime == other.firstTime && firstValue <= other.firstValue);
  }

  /** Folds the events that are held but older than the newest folded one. */
  private void foldWhatTilesReach(long now) {
    int reached = held.countUntil(foldedUntil);
    long until = foldedUntil;
    for (int i = 0; i < reached; i++) {
      addFolded(held.time(i), held.value(i));
    }
    held.removeOldest(reached);
    foldedUntil = Math.max(foldedUntil, until);
    tiles.rollUp(now);
  }

  private void foldSurplus(long now) {
    if (held.size() <= MAX_HELD) {
      return;
    }
    while (held.size() > MAX_HELD) {
      for (int i = 0; i < BATCH; i++) {
        fold(held.time(i), held.value(i));
      }
      held.removeOldest(BATCH);
    }
    heldIndex.changedFrom(0);
    tiles.rollUp(now);
  }

  private void fold(long time, double value) {
    long silence = foldedUntil == NEVER ? 0 : time - foldedUntil;
    ownTiles().append(time, value, silence);
    advanceFolded(time, value);
  }

  /** Folds an event that is newer than every other folded one, wherever it is kept then. */
  private void advanceFolded(long time, double value) {
    for (int i = 0; i < foldedDecayed.length; i++) {
      foldedDecayed[i] = foldedDecayed(i, time) + layout.decayed().get(i).term(value);
    }
    foldedUntil = time;
    sampleFolded(time, value);
  }

  private void addFolded(long time, double value) {
    if (time >= foldedUntil) {
      fold(time, value);
      return;
    }
    ownTiles().insert(time, value);
    for (int i = 0; i < foldedDecayed.length; i++) {
      Decayed decay = layout.decayed().get(i);
      foldedDecayed[i] +=
          decay.term(value) * Decay.factor(foldedUntil - time, decay.halfLifeMillis());
    }
    sampleFolded(time, value);
  }

  private void sampleFolded(long time, double value) {
    // What changes before the events that are held changes what is computed ahead of them.
    heldIndex.changedFrom(0);
    if (layout.kind() == Kind.IDENTIFIERS) {
      sample.add((int) (long) value, time);
    }
  }

  private void retire(long until) {
    if (tiles.size() > 0 && tiles.end(0) - 1 <= until) {
      tiles.retire(until, ownBeyond());
    }
    if (tiles.size() == 0 && held.size() > 0 && held.time(0) <= until) {
      int retired = held.countUntil(until);
      for (int i = 0; i < retired; i++) {
        addBreaksBeyond(foldedUntil == NEVER ? 0 : held.time(i) - foldedUntil);
        ownBeyond().addEvent(held.time(i), held.value(i));
        advanceFolded(held.time(i), held.value(i));
      }
      held.removeOldest(retired);
    }
  }

  private void addBreaksBeyond(long silence) {
    long[] gaps = layout.gaps();
    for (int i = 0; i < gaps.length; i++) {
      if (silence > gaps[i]) {
        ownBeyond().addBreaks(i, 1, silence);
      }
    }
  }

  /**
   * Returns where a tile ends for a window: no later than the newest folded event. It does not
   * contain this time.
   */
  public long endOf(int tile) {
    return Math.min(tiles.end(tile), foldedUntil + 1);
  }

  /** Returns the time at which the events of a tile count: its middle. */
  long middleOf(int tile) {
    return (tiles.start(tile) + endOf(tile) - 1) >> 1;
  }

  /** Returns how far from the middle of a tile its events can be; 0 where it has one. */
  long halfWidth(int tile) {
    return endOf(tile) - 1 - middleOf(tile);
  }
}
