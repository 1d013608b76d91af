package dev.presage.features;

import dev.presage.features.declaration.FeatureDefinition;
import dev.presage.features.declaration.FeatureDefinition.Aggregated;
import dev.presage.features.declaration.FeatureDefinition.Computed;
import dev.presage.features.declaration.SeriesDefinition;
import dev.presage.features.declaration.SeriesDefinition.Kind;
import dev.presage.features.explanation.FeatureExplanation;
import dev.presage.features.expression.Expression;
import dev.presage.features.series.ProfileLayout;
import dev.presage.features.series.RecentIds;
import dev.presage.features.series.SeriesLayout;
import dev.presage.features.series.SeriesState;
import dev.presage.schemas.avro.Event;
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

  private final FeatureSchema schema;
  private final ProfileLayout layout;
  private final TracksByType tracks;
  private final SeriesFeatures[] seriesFeatures;
  private final Expression[] expressions;
  private final int[] expressionPlaces;
  private final FeatureExplainer explainer;
  private final PastEvents pastEvents;
  private final FeatureReads reads;

  public FeatureEngine(FeatureDeclarations declarations) {
    schema = declarations.schema();
    List<SeriesDefinition> series =
        declarations.series().stream()
            .sorted(Comparator.comparingInt(SeriesDefinition::stateId))
            .toList();
    layout = ProfileLayouts.of(declarations, series);
    tracks = new TracksByType(series, layout, declarations.tracking());
    seriesFeatures = seriesFeatures(series, declarations.features(), layout);
    explainer = new FeatureExplainer(declarations, series);
    pastEvents = PastEvents.of(declarations.features());
    reads = new FeatureReads(declarations.features());
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

  /** Returns by which features it is known what a profile has done. */
  public PastEvents pastEvents() {
    return pastEvents;
  }

  /** Returns which features look at what. */
  public FeatureReads reads() {
    return reads;
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
    EventTracks ofType = tracks.of(event.getType());
    long time = occurredAt.toEpochMilli();
    long now = Math.max(time, state.newestEventMillis());
    Observation observation = state.observation();
    observation.begin(time, ofType.typeTag());
    String problem = ofType.observe(event, observation);
    if (problem != null) {
      return ApplyOutcome.invalid(problem);
    }
    String id = event.getEventId();
    if (id != null) {
      observation.hasId = true;
      observation.idHash = RecentIds.shortened(RecentIds.hash(id));
      if (state.recentIds().contains(observation.idHash, now, layout.deduplicationMillis())) {
        return ApplyOutcome.DUPLICATE;
      }
    }
    if (time < now && !keep(observation, now)) {
      return tooLate(ofType, event, now);
    }
    boolean late = time < state.newestEventMillis();
    fold(state, observation);
    return late ? ApplyOutcome.APPLIED_LATE : ApplyOutcome.APPLIED;
  }

  /**
   * Applies again what a log says was applied, to the state that the log began with.
   *
   * @throws IllegalArgumentException where the log holds a time that no event can have
   */
  public void replay(ProfileState state, AppliedLog log) {
    checkLayout(state);
    for (int event = 0; event < log.size(); event++) {
      Observation observation = state.observation();
      observation.begin(log.time(event), log.typeTag(event));
      observation.hasId = log.hasId(event);
      observation.idHash = log.idHash(event);
      for (int i = log.from(event); i < log.to(event); i++) {
        int index = layout.indexOf(log.series(i));
        if (index >= 0) {
          observation.add(layout.series().get(index), log.value(i), true);
        } else if (layout.undeclared() > 0 && !log.isDeclared(i)) {
          SeriesLayout undeclared = undeclared(log.series(i), log.typeTag(event), log.kind(i));
          observation.add(undeclared, log.value(i), false);
        }
      }
      fold(state, observation);
    }
  }

  /**
   * Makes one state of the states of two profiles that turned out to be one: every series tile by
   * tile, events whose IDs both remember once, first and last by time. It does not matter which of
   * the two comes first; and of three, it does not matter which two come first, exactly while
   * nothing was folded in any of them, within the bound of the tiles otherwise. Neither is changed.
   */
  public ProfileState merge(ProfileState one, ProfileState other) {
    checkLayout(one);
    checkLayout(other);
    return ProfileUnion.of(one, other, layout);
  }

  private static void fold(ProfileState state, Observation observation) {
    ProfileLayout layout = state.layout();
    long time = observation.time;
    state.advanceTo(time);
    long now = state.newestEventMillis();
    if (observation.hasId) {
      state
          .recentIds()
          .add(
              observation.idHash,
              now,
              time,
              observation.typeTag,
              counting(observation, layout),
              layout.deduplicationMillis());
    }
    for (int i = 0; i < observation.size(); i++) {
      SeriesState series = state.find(observation.series(i));
      if (series == null) {
        state.leaveOut();
      } else {
        series.add(time, observation.value(i), now);
      }
    }
    state.log().add(observation);
  }

  private static long counting(Observation observation, ProfileLayout layout) {
    long counting = 0;
    for (int i = 0; i < observation.size(); i++) {
      int index = observation.isDeclared(i) ? layout.indexOf(observation.series(i).id()) : -1;
      counting |= index >= 0 && index < Long.SIZE ? 1L << index : 0;
    }
    return counting;
  }

  /** Takes out the series that do not keep so old an event; says whether there is any reason to. */
  private static boolean keep(Observation observation, long now) {
    boolean counted = observation.size() > 0;
    for (int i = observation.size() - 1; i >= 0; i--) {
      if (now - observation.time >= observation.series(i).retentionMillis()) {
        observation.remove(i);
      }
    }
    return observation.size() > 0 || !counted;
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
      seriesFeatures[i].fill(state, i, asOfMillis, out);
    }
    for (int i = 0; i < expressions.length; i++) {
      out[expressionPlaces[i]] = expressions[i].evaluate(out);
    }
  }

  /**
   * Says why the features of a profile are what they are as of a time: what each is made of, how
   * far it can be off, and what it still waits for. Changes nothing in the state.
   *
   * @param asOfMillis milliseconds since 1970, before 2100
   * @return the features in the order of {@link #schema}, with the values of {@link #vector}
   */
  public List<FeatureExplanation> explain(ProfileState state, long asOfMillis) {
    double[] values = new double[schema.size()];
    vector(state, asOfMillis, values);
    return explainer.explain(state, asOfMillis, values);
  }

  private static ApplyOutcome tooLate(EventTracks ofType, Event event, long now) {
    SeriesDefinition longest = ofType.keepingLongest(event);
    return ApplyOutcome.tooLate(
        "the event of "
            + event.getOccurredAt()
            + " is older than the newest of the profile, "
            + Instant.ofEpochMilli(now)
            + ", by the retention "
            + longest.retention()
            + " of series '"
            + longest.name()
            + "' or more");
  }

  /** Returns the layout of a series that nobody declared; for the codec. */
  public SeriesLayout undeclared(int id, int typeTag, Kind kind) {
    return ProfileLayouts.undeclared(id, typeTag, kind, TracksByType.RETENTION.toMillis());
  }

  private void checkLayout(ProfileState state) {
    if (!state.layout().equals(layout)) {
      throw new IllegalArgumentException("the state was made for other declarations");
    }
  }

  private static SeriesFeatures[] seriesFeatures(
      List<SeriesDefinition> series, List<FeatureDefinition> features, ProfileLayout layout) {
    Map<SeriesDefinition, List<SeriesFeatures.Placed>> bySeries = new HashMap<>();
    for (int i = 0; i < features.size(); i++) {
      if (features.get(i) instanceof Aggregated feature) {
        bySeries
            .computeIfAbsent(feature.series(), _ -> new ArrayList<>())
            .add(new SeriesFeatures.Placed(feature, i));
      }
    }
    SeriesFeatures[] made = new SeriesFeatures[series.size()];
    for (int i = 0; i < made.length; i++) {
      made[i] =
          new SeriesFeatures(
              bySeries.getOrDefault(series.get(i), List.of()),
              layout.series().get(i),
              series::indexOf);
    }
    return made;
  }
}
