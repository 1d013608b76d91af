package dev.presage.retrain.rows;

import dev.presage.features.ApplyOutcome;
import dev.presage.features.FeatureEngine;
import dev.presage.retrain.traits.Trait;
import dev.presage.schemas.avro.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Folds a history through the feature engine, partition by partition, and collects rows of a trait.
 * Used by one thread.
 *
 * <p>A vector is built from the state as it is at that point of the log, before any later record is
 * applied: a row at an event moment is what the stream served at that moment, bit for bit, and no
 * row can see its own future. A calendar row as of c is built when the first event after c is about
 * to be applied. Labels are read off at the end, from the times at which the target happened.
 */
public final class RowCollector {
  private final FeatureEngine engine;
  private final Trait trait;
  private final RowPlan plan;
  private final RowSample moments;
  private final RowSample calendar;
  private final double[] vector;
  private final Map<String, ProfileFold> folds = new HashMap<>();

  private long partitionNewest = Long.MIN_VALUE;
  private long events;
  private long profiles;
  private long oldest = Long.MAX_VALUE;
  private long newest = Long.MIN_VALUE;

  /** Collects rows of one trait. */
  public RowCollector(FeatureEngine engine, Trait trait, RowPlan plan) {
    this.engine = engine;
    this.trait = trait;
    this.plan = plan;
    this.moments = new RowSample(plan.mostRows());
    this.calendar = new RowSample(plan.mostRows());
    this.vector = new double[engine.schema().size()];
  }

  /** Applies the next event of a profile, in the order of the log; it has a time. */
  public void apply(String profileId, Event event) {
    if (!FeatureEngine.isEventTime(event.getOccurredAt())) {
      // The engine would refuse the event, but calendar rows up to it would come before that.
      return;
    }
    long time = event.getOccurredAt().toEpochMilli();
    ProfileFold fold = folds.get(profileId);
    if (fold == null) {
      fold = new ProfileFold(profileId, engine.newState(), plan.firstCutFrom(time));
      folds.put(profileId, fold);
      profiles++;
    }
    collectCalendar(fold, time - 1);
    ApplyOutcome outcome = engine.apply(fold.state, event);
    if (!outcome.isApplied()) {
      return;
    }
    events++;
    oldest = Math.min(oldest, time);
    partitionNewest = Math.max(partitionNewest, time);
    if (trait.isTarget(event)) {
      fold.targets.add(time);
    }
    if (outcome.kind() == ApplyOutcome.Kind.APPLIED) {
      collect(fold, fold.state.newestEventMillis(), moments);
    }
  }

  /** Ends a partition: its profiles are done, and forgotten. */
  public void endPartition() {
    for (ProfileFold fold : folds.values()) {
      collectCalendar(fold, partitionNewest);
    }
    folds.clear();
    newest = Math.max(newest, partitionNewest);
    partitionNewest = Long.MIN_VALUE;
  }

  /**
   * Labels the rows whose horizon is over. There are at most as many calendar rows as rows at event
   * moments, so that silence, of which there is no end, does not drown what happened.
   */
  public TrainingRows finish() {
    List<LabelledRow> rows = new ArrayList<>();
    List<OpenRow> closedMoments = closed(moments);
    List<OpenRow> closedCalendar = closed(calendar);
    label(closedMoments, RowKind.MOMENT, rows);
    label(
        closedCalendar.subList(0, Math.min(closedCalendar.size(), closedMoments.size())),
        RowKind.CALENDAR,
        rows);
    long sampled = (long) moments.rows().size() + calendar.rows().size();
    long closed = (long) closedMoments.size() + closedCalendar.size();
    return new TrainingRows(
        Rows.of(vector.length, rows),
        events,
        profiles,
        events == 0 ? 0 : oldest,
        events == 0 ? 0 : newest,
        moments.offered(),
        calendar.offered(),
        sampled - closed);
  }

  private void collectCalendar(ProfileFold fold, long until) {
    while (fold.nextCut <= until) {
      collect(fold, fold.nextCut, calendar);
      fold.nextCut = plan.cutAfter(fold.nextCut);
    }
  }

  private void collect(ProfileFold fold, long asOf, RowSample sample) {
    engine.vector(fold.state, asOf, vector);
    long key = fold.nextRowKey();
    if (trait.isEligible(vector)) {
      sample.offer(key, asOf, vector, fold.targets);
    }
  }

  private List<OpenRow> closed(RowSample sample) {
    return sample.rows().stream().filter(it -> it.asOf + trait.horizonMillis() <= newest).toList();
  }

  private void label(List<OpenRow> open, RowKind kind, List<LabelledRow> labelled) {
    for (OpenRow row : open) {
      boolean positive = row.targets.happenedWithin(row.asOf, trait.horizonMillis());
      labelled.add(new LabelledRow(row, kind, positive));
    }
  }
}
