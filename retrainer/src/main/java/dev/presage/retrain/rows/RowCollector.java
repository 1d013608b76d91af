package dev.presage.retrain.rows;

import dev.presage.features.FeatureEngine;
import dev.presage.retrain.traits.Trait;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.ProfileLogRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Folds a history through the feature engine, partition by partition, and collects rows of a trait.
 * Used by one thread.
 *
 * <p>A row at an event moment is what the stream served at that moment, bit for bit, and no row can
 * see its own future. Labels are read off at the end, from the times at which the target happened.
 * Rows of an erased profile are left out, and such rows of an absorbed one whose horizon was not
 * over when it was: what it would have done is not known any more. So are rows of traits with
 * criteria of failure that neither reached the target nor failed, and of attributes those of
 * profiles that declared nothing, or cannot be trusted after their newest event.
 */
public final class RowCollector {
  private final FeatureEngine engine;
  private final Trait trait;
  private final RowSample moments;
  private final RowSample calendar;
  private final double[] vector;
  private final HistoryFold fold;
  private final Parity parity;
  private final boolean isOpenToAll;

  private long events;
  private long profiles;
  private long oldest = Long.MAX_VALUE;
  private long censored;
  private final Set<String> labelledProfiles = new HashSet<>();

  /** Collects rows of one trait. */
  public RowCollector(FeatureEngine engine, Trait trait, RowPlan plan) {
    this(engine, trait, plan, Parity.none(engine));
  }

  /**
   * Collects rows of one trait.
   *
   * @param parity holds the replay against what was served
   */
  public RowCollector(FeatureEngine engine, Trait trait, RowPlan plan, Parity parity) {
    this.parity = parity;
    this.engine = engine;
    this.trait = trait;
    this.isOpenToAll = trait.isOpenToAll();
    this.moments = new RowSample(plan.mostRows());
    this.calendar = new RowSample(plan.mostRows());
    this.vector = new double[engine.schema().size()];
    this.fold = new HistoryFold(engine, plan.cutTimes(), new Collecting());
  }

  /** Applies the next record of the log of an ID; an event has a time. */
  public void apply(String profileId, ProfileLogRecord entry) {
    fold.apply(profileId, entry);
  }

  /**
   * Ends a partition: its profiles are done, and forgotten. What is kept of it are rows, and there
   * are never more than a quarter more than the plan allows.
   */
  public void endPartition() {
    fold.endPartition();
    moments.settle(trait);
    calendar.settle(trait);
  }

  /** Whether nothing is held of any profile but rows. */
  boolean isSettled() {
    return fold.profiles() == 0 && moments.isSettled() && calendar.isSettled();
  }

  /**
   * Labels the rows whose horizon is over. There are at most as many calendar rows as rows at event
   * moments, so that silence, of which there is no end, does not drown what happened.
   */
  public TrainingRows finish() {
    List<LabelledRow> rows = new ArrayList<>();
    List<OpenRow> keptMoments = kept(moments);
    List<OpenRow> keptCalendar = kept(calendar);
    List<OpenRow> closedMoments = closed(keptMoments);
    List<OpenRow> closedCalendar = closed(keptCalendar);
    label(closedMoments, RowKind.MOMENT, Integer.MAX_VALUE, rows);
    int labelledMoments = rows.size();
    label(closedCalendar, RowKind.CALENDAR, labelledMoments, rows);
    long sampled = (long) keptMoments.size() + keptCalendar.size();
    long closed = (long) closedMoments.size() + closedCalendar.size();
    return new TrainingRows(
        Rows.of(vector.length, rows),
        events,
        profiles,
        events == 0 ? 0 : oldest,
        events == 0 ? 0 : fold.newestEventMillis(),
        moments.offered(),
        calendar.offered(),
        sampled - closed,
        censored,
        labelledProfiles.size(),
        parity.result());
  }

  private void collect(ProfileFold profile, long asOf, RowSample sample) {
    long key = profile.nextRowKey();
    if (isOpenToAll && !sample.takes(key)) {
      // Building the vector is most of the work, and nobody would look at it.
      sample.passOver();
      return;
    }
    engine.vector(profile.features(), asOf, vector);
    if (sample == moments) {
      profile.life().trust(trait.isTrusted(vector));
    }
    if (trait.isEligible(vector)) {
      sample.offer(key, asOf, vector, profile.life());
    }
  }

  private static List<OpenRow> kept(RowSample sample) {
    return sample.rows().stream().filter(it -> !it.isErased()).toList();
  }

  private List<OpenRow> closed(List<OpenRow> rows) {
    long newest = fold.newestEventMillis();
    return rows.stream()
        .filter(it -> it.asOf + trait.horizonMillis() <= newest)
        .filter(it -> it.isKnownUntil(it.asOf + trait.horizonMillis()))
        .toList();
  }

  private void label(List<OpenRow> open, RowKind kind, int most, List<LabelledRow> labelled) {
    int added = 0;
    for (int i = 0; i < open.size() && added < most; i++) {
      OpenRow row = open.get(i);
      double label = row.label();
      if (Double.isNaN(label)) {
        censored++;
      } else {
        labelled.add(new LabelledRow(row, kind, label));
        labelledProfiles.add(row.profileId);
        added++;
      }
    }
  }

  private final class Collecting implements HistoryFold.Viewer {
    @Override
    public void applied(ProfileFold profile, Event event) {
      long time = event.getOccurredAt().toEpochMilli();
      events++;
      oldest = Math.min(oldest, time);
      if (profile.life().begin()) {
        profiles++;
      }
      int marks = trait.marks(event);
      if (marks != 0) {
        profile.life().targets.add(time, marks, trait.amount(event));
      }
      parity.applied(profile, event);
    }

    @Override
    public void moment(ProfileFold profile, long asOf) {
      collect(profile, asOf, moments);
    }

    @Override
    public void cut(ProfileFold profile, long asOf) {
      collect(profile, asOf, calendar);
    }
  }
}
