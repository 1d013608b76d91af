package dev.presage.features;

import dev.presage.features.declaration.FeatureDefinition;
import dev.presage.features.declaration.FeatureDefinition.Aggregated;
import dev.presage.features.declaration.FeatureDefinition.Computed;
import dev.presage.features.declaration.SeriesDefinition;
import dev.presage.features.expression.Expression;
import dev.presage.features.series.ProfileLayout;
import dev.presage.features.series.RecentIds;
import dev.presage.features.series.SeriesLayout;
import dev.presage.features.series.TileLadder;
import dev.presage.schemas.avro.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Folds events into the state of a profile, and turns a state into a feature vector: the pure core
 * that the streams application and the retrainer share. It has no clock: everything follows from
 * the events, so the same events in the same order give the same states and the same vectors, bit
 * for bit, whatever was asked in between.
 *
 * <p>Immutable and thread-safe; a {@link ProfileState} is not.
 */
public final class FeatureEngine {
  /** The first moment that is not an event time any more: 2100-01-01T00:00:00Z. */
  static final long END_OF_TIME = 4_102_444_800_000L;

  private static final long SHORTEST_WINDOW_WHERE_NONE = Duration.ofDays(1).toMillis();

  private final FeatureSchema schema;
  private final ProfileLayout layout;
  private final Map<String, EventTracks> tracks;
  private final SeriesFeatures[] seriesFeatures;
  private final Expression[] expressions;
  private final int[] expressionPlaces;

  public FeatureEngine(FeatureDeclarations declarations) {
    schema = declarations.schema();
    List<SeriesDefinition> series =
        declarations.series().stream()
            .sorted(Comparator.comparingInt(SeriesDefinition::stateId))
            .toList();
    seriesFeatures = seriesFeatures(series, declarations.features());
    layout = layout(series, declarations);
    tracks = tracks(series);
    expressionPlaces = declarations.computedOrder().stream().mapToInt(Integer::intValue).toArray();
    expressions = new Expression[expressionPlaces.length];
    for (int i = 0; i < expressions.length; i++) {
      expressions[i] = ((Computed) declarations.features().get(expressionPlaces[i])).expression();
    }
  }

  /** Returns the shape of the vectors. */
  public FeatureSchema schema() {
    return schema;
  }

  /** Returns the state of a profile without events. */
  public ProfileState newState() {
    return new ProfileState(layout);
  }

  /** Says whether an event can have this time: from 1970 to 2099. */
  public static boolean isEventTime(Instant time) {
    return time.getEpochSecond() >= 0 && time.getEpochSecond() < END_OF_TIME / 1000;
  }

  /**
   * Applies an event to the state of the profile that it belongs to.
   *
   * <p>Each series over its type whose condition holds and whose property the event has counts it,
   * unless it is older than the newest event of the profile by the retention of the series or more.
   * An event that no series counts moves the newest event time on, too. An event without an ID is
   * never a duplicate.
   *
   * @return what became of it; where it is not applied, nothing has changed
   */
  public ApplyOutcome apply(ProfileState state, Event event) {
    checkLayout(state);
    Instant occurredAt = event.getOccurredAt();
    if (occurredAt == null) {
      return ApplyOutcome.invalid("the event has no time");
    }
    if (!isEventTime(occurredAt)) {
      return ApplyOutcome.invalid(
          "the event's time must be from 1970 to 2099, here is " + occurredAt);
    }
    EventTracks ofType = tracks.getOrDefault(event.getType(), EventTracks.NONE);
    long counting = ofType.counting(event);
    for (long rest = counting; rest != 0; rest &= rest - 1) {
      String problem = ofType.problem(Long.numberOfTrailingZeros(rest), event);
      if (problem != null) {
        return ApplyOutcome.invalid(problem);
      }
    }
    long time = occurredAt.toEpochMilli();
    long now = Math.max(time, state.newestEventMillis());
    String id = event.getEventId();
    long hash = id == null ? 0 : RecentIds.hash(id);
    if (id != null && state.recentIds().contains(hash, now, layout.deduplicationMillis())) {
      return ApplyOutcome.DUPLICATE;
    }
    long keeping = keeping(ofType, counting, time, now);
    if (keeping == 0 && counting != 0) {
      return tooLate(ofType, counting, occurredAt, now);
    }
    boolean late = time < state.newestEventMillis();
    state.advanceTo(time);
    if (id != null) {
      state.recentIds().add(hash, now, layout.deduplicationMillis());
    }
    for (long rest = keeping; rest != 0; rest &= rest - 1) {
      int track = Long.numberOfTrailingZeros(rest);
      state.series(ofType.slot(track)).add(time, ofType.value(track, event), now);
    }
    return late ? ApplyOutcome.APPLIED_LATE : ApplyOutcome.APPLIED;
  }

  /**
   * Builds the feature vector of a profile as of a time, from the events at or before it. Changes
   * nothing in the state.
   *
   * @param asOfMillis milliseconds since 1970, before 2100. Times before the newest event are
   *     answered from what is still known, exactly while later events are held one by one
   * @param out {@code double[features]}, in the order of {@link #schema}; NaN is missing, and no
   *     value is infinite
   */
  public void vector(ProfileState state, long asOfMillis, double[] out) {
    checkLayout(state);
    if (asOfMillis < 0 || asOfMillis >= END_OF_TIME || out.length != schema.size()) {
      throw new IllegalArgumentException(
          "asOfMillis="
              + asOfMillis
              + " must be from 1970 to 2099, out.length="
              + out.length
              + " must be "
              + schema.size());
    }
    for (int i = 0; i < seriesFeatures.length; i++) {
      seriesFeatures[i].fill(state.series(i), asOfMillis, state.view(), out);
    }
    for (int i = 0; i < expressions.length; i++) {
      out[expressionPlaces[i]] = expressions[i].evaluate(out);
    }
  }

  /** Returns those of the counting series that keep an event of a time. */
  private long keeping(EventTracks ofType, long counting, long time, long now) {
    long keeping = counting;
    if (time < now) {
      for (long rest = counting; rest != 0; rest &= rest - 1) {
        int track = Long.numberOfTrailingZeros(rest);
        if (now - time >= layout.series().get(ofType.slot(track)).retentionMillis()) {
          keeping &= ~(1L << track);
        }
      }
    }
    return keeping;
  }

  private ApplyOutcome tooLate(EventTracks ofType, long counting, Instant occurredAt, long now) {
    int track = Long.numberOfTrailingZeros(counting);
    Duration retention =
        Duration.ofMillis(layout.series().get(ofType.slot(track)).retentionMillis());
    return ApplyOutcome.tooLate(
        "the event of "
            + occurredAt
            + " is older than the newest of the profile, "
            + Instant.ofEpochMilli(now)
            + ", by the retention "
            + retention
            + " of series '"
            + ofType.name(track)
            + "' or more");
  }

  private void checkLayout(ProfileState state) {
    if (!state.layout().equals(layout)) {
      throw new IllegalArgumentException("the state was made for other declarations");
    }
  }

  private static SeriesFeatures[] seriesFeatures(
      List<SeriesDefinition> series, List<FeatureDefinition> features) {
    Map<SeriesDefinition, List<SeriesFeatures.Placed>> bySeries = new HashMap<>();
    for (int i = 0; i < features.size(); i++) {
      if (features.get(i) instanceof Aggregated feature) {
        bySeries
            .computeIfAbsent(feature.series(), _ -> new ArrayList<>())
            .add(new SeriesFeatures.Placed(feature, i));
      }
    }
    return series.stream()
        .map(definition -> new SeriesFeatures(bySeries.getOrDefault(definition, List.of())))
        .toArray(SeriesFeatures[]::new);
  }

  private static ProfileLayout layout(
      List<SeriesDefinition> series, FeatureDeclarations declarations) {
    List<SeriesLayout> layouts = new ArrayList<>();
    for (SeriesDefinition definition : series) {
      long shortest =
          declarations.features().stream()
              .filter(feature -> feature instanceof Aggregated a && a.series().equals(definition))
              .mapToLong(feature -> ((Aggregated) feature).windowMillis())
              .filter(window -> window != Aggregated.LIFETIME)
              .min()
              .orElse(SHORTEST_WINDOW_WHERE_NONE);
      layouts.add(
          new SeriesLayout(
              definition.stateId(),
              definition.property() != null,
              TileLadder.finestLevel(shortest),
              definition.retention().toMillis()));
    }
    return new ProfileLayout(layouts, declarations.deduplication().toMillis());
  }

  private static Map<String, EventTracks> tracks(List<SeriesDefinition> series) {
    Map<String, List<Integer>> slots = new HashMap<>();
    for (int i = 0; i < series.size(); i++) {
      slots.computeIfAbsent(series.get(i).eventType(), _ -> new ArrayList<>()).add(i);
    }
    Map<String, EventTracks> tracks = new HashMap<>();
    slots.forEach(
        (type, ofType) ->
            tracks.put(type, new EventTracks(ofType.stream().map(series::get).toList(), ofType)));
    return Map.copyOf(tracks);
  }
}
