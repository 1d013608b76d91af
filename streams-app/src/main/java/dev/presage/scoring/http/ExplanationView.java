package dev.presage.scoring.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why the features of a profile are what they are.
 *
 * @param id canonical ID
 * @param asOf event time at which the features hold
 * @param newestEvent time of the newest event that the profile has seen
 * @param features in the order of the vector
 * @param standby whether a standby replica answered, as the instance that has the profile cannot be
 *     reached; what came last may be missing
 * @param standbyLag how many records of its partition the replica had not applied up to a second
 *     ago; null where none answered
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
record ExplanationView(
    String id,
    Instant asOf,
    Instant newestEvent,
    List<FeatureView> features,
    boolean standby,
    @Nullable Long standbyLag) {

  /**
   * A feature: an aggregate over windows, or an expression over other features.
   *
   * @param name its name
   * @param value its value; null is missing
   * @param exact whether the value is complete and what the definition gives, but for rounding
   * @param error how far it can be off, in words
   * @param aggregate the aggregate; null of an expression, as are window, bound and windows
   * @param window the length of the window as declared: 30d, lifetime
   * @param bound how far the value can be off, in figures
   * @param windows the window; then, of a share, the same one of the other series, and of a trend
   *     the window before
   * @param expression the expression; null of an aggregate, as are reads and inexact
   * @param reads the values that the expression reads, by feature; null is missing
   * @param inexact the features of these that are not exact
   * @param collecting the series that are tracked for too short a time; empty where the feature is
   *     complete
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record FeatureView(
      String name,
      @Nullable Double value,
      boolean exact,
      String error,
      @Nullable String aggregate,
      @Nullable String window,
      @Nullable BoundView bound,
      @Nullable List<WindowView> windows,
      @Nullable String expression,
      @Nullable Map<String, @Nullable Double> reads,
      @Nullable List<String> inexact,
      List<CollectingView> collecting) {}

  /**
   * How far a value can be from what the definition gives.
   *
   * @param kind EXACT; BOUNDED: the exact answer for a window and times that are off by so much;
   *     SAMPLED; ESTIMATED: from tiles, without a bound; FORGOTTEN: beyond the retention
   * @param tailOffMillis by how much the tail of the window is off
   * @param headOffMillis by how much the head of the window is off
   * @param timeOffMillis how far times of events can be off
   * @param eventsInDoubt by how many events, at most, a count over the window is off
   * @param relativeStandardError of a sampled value, as a share of it; else null
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record BoundView(
      String kind,
      long tailOffMillis,
      long headOffMillis,
      long timeOffMillis,
      long eventsInDoubt,
      @Nullable Double relativeStandardError) {}

  /**
   * What is known of the events of a series in a window.
   *
   * @param series its name
   * @param tracks what is tracked, in words
   * @param tail the window begins after this time; null where it is of all time
   * @param head the last time in the window
   * @param events how many events count
   * @param held how many of them are held one by one
   * @param newest the newest of these, at most five, the newest first
   * @param eventsInTiles how many of them are in tiles
   * @param tiles the tiles, the oldest first
   * @param beyondRetention how many of them are in running totals, as they are beyond the retention
   * @param beyondInDoubt how many events beyond the retention may be missing, or be too many
   * @param tailCut the tile that the tail cuts, where it does
   * @param headCut the tile that the head cuts, where it does
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record WindowView(
      String series,
      String tracks,
      @Nullable Instant tail,
      Instant head,
      long events,
      int held,
      List<EventView> newest,
      long eventsInTiles,
      List<TileView> tiles,
      long beyondRetention,
      long beyondInDoubt,
      @Nullable CutView tailCut,
      @Nullable CutView headCut) {}

  /**
   * An event that is held.
   *
   * @param time when it was
   * @param value its number; null in a series that tracks none
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record EventView(Instant time, @Nullable Double value) {}

  /**
   * A tile.
   *
   * @param start the first time that it covers
   * @param end the first time after it
   * @param events how many events were in it
   * @param sum the sum of their numbers; null in a series that tracks none
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record TileView(Instant start, Instant end, long events, @Nullable Double sum) {}

  /**
   * A tile that an end of the window cuts.
   *
   * @param tile the tile
   * @param counted whether it counts as a whole; else not at all
   * @param offMillis how far that moves the end of the window
   */
  @Serdeable
  record CutView(TileView tile, boolean counted, long offMillis) {}

  /**
   * A series that is tracked for too short a time.
   *
   * @param series its name
   * @param since since when it is tracked
   * @param completeFrom from when on the feature is complete; null where it counts from then on
   * @param message the same in words
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record CollectingView(
      String series, Instant since, @Nullable Instant completeFrom, String message) {}
}
