package dev.presage.features.explanation;

import dev.presage.features.declaration.SeriesDefinition;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the events of a series in one window (tail, head].
 *
 * @param series what is tracked
 * @param tailMillis milliseconds since 1970; {@link #BEGINNING} for all time
 * @param headMillis milliseconds since 1970
 * @param events the number of events, as it is counted
 * @param held how many of them are held one by one
 * @param newest the newest of these, the newest first, at most {@value #NEWEST}
 * @param tiles the tiles, the oldest first
 * @param beyondRetention how many of the events are known by running totals only, as they are older
 *     than the retention; counted in a window of all time
 * @param beyondInDoubt how many events that are older than the retention may lie in the window
 *     without being counted in it; or, as of a past before that, are counted though they may be
 *     later
 * @param tailCut the tile that the tail cuts
 * @param headCut the tile that the head cuts: only as of the past
 */
public record WindowExplanation(
    SeriesDefinition series,
    long tailMillis,
    long headMillis,
    long events,
    int held,
    List<HeldEvent> newest,
    List<Tile> tiles,
    long beyondRetention,
    long beyondInDoubt,
    Optional<CutTile> tailCut,
    Optional<CutTile> headCut) {
  /** The tail of all time. */
  public static final long BEGINNING = Long.MIN_VALUE;

  /** So many events are shown one by one. */
  public static final int NEWEST = 5;

  public WindowExplanation {
    newest = List.copyOf(newest);
    tiles = List.copyOf(tiles);
  }

  /** Returns how many events are in the tiles. */
  public long eventsInTiles() {
    return tiles.stream().mapToLong(Tile::events).sum();
  }

  /** Returns by how many events, at most, the count is off. */
  public long eventsInDoubt() {
    boolean sameTile =
        tailCut.isPresent() && tailCut.map(CutTile::tile).equals(headCut.map(CutTile::tile));
    return beyondInDoubt
        + tailCut.map(cut -> cut.tile().events()).orElse(0L)
        + (sameTile ? 0 : headCut.map(cut -> cut.tile().events()).orElse(0L));
  }

  /**
   * An event that is held.
   *
   * @param timeMillis milliseconds since 1970
   * @param value its number; NaN in a series that tracks none
   */
  public record HeldEvent(long timeMillis, double value) {}

  /**
   * A tile.
   *
   * @param startMillis the first millisecond since 1970 that it covers
   * @param endMillis the first one after it
   * @param events how many events were in it
   * @param sum the sum of their numbers; NaN in a series that tracks none
   */
  public record Tile(long startMillis, long endMillis, long events, double sum) {}

  /**
   * A tile that an end of the window cuts. It counts as a whole or not at all, by the end of it
   * that is nearer.
   *
   * @param counted whether it counts
   * @param offMillis how far the end of the window is moved by that: at most half of the tile
   */
  public record CutTile(Tile tile, boolean counted, long offMillis) {}
}
