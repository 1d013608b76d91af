package dev.presage.retrain.live;

import dev.presage.features.FeatureEngine;
import dev.presage.retrain.baseline.BaselineFit;
import dev.presage.retrain.baseline.RankedFeature;
import dev.presage.retrain.evaluation.RocAuc;
import dev.presage.retrain.history.History;
import dev.presage.retrain.history.HistoryVisitor;
import dev.presage.retrain.rows.Outcomes;
import dev.presage.retrain.rows.SnapshotRow;
import dev.presage.retrain.rows.SnapshotRows;
import dev.presage.retrain.traits.Trait;
import dev.presage.schemas.avro.ProfileLogRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Stands in for a consumer who looks at all customers now and then, not at those alone who have
 * just done something: joins what had been published at snapshots with what happened after them.
 *
 * <p>Profiles and their features at a snapshot come from a replay of the history. What happened to
 * a profile is what happened to the one that it belongs to in the end.
 */
public final class SnapshotQualityMeasurement {
  private final FeatureEngine engine;
  private final History history;
  private final PublishedTraits published;
  private final int mostRows;

  /**
   * Measures what was published against a history.
   *
   * @param mostRows most profiles, each snapshot counted, that are looked at; beyond that a sample
   */
  public SnapshotQualityMeasurement(
      FeatureEngine engine, History history, PublishedTraits published, int mostRows) {
    this.engine = engine;
    this.history = history;
    this.published = published;
    this.mostRows = mostRows;
  }

  /**
   * Measures a trait. Memory grows with its updates, with the times that the target happened, and
   * with the rows and their features.
   *
   * @param from time of the first snapshot, milliseconds since the epoch; the last one is the last
   *     whose horizon is over at the newest event
   * @param step distance of the snapshots
   */
  public SnapshotQuality measure(Trait trait, long from, Duration step) {
    Reading reading =
        new Reading(
            new SnapshotRows(engine, trait, from, step, mostRows),
            new Outcomes(trait, Long.MIN_VALUE, Long.MAX_VALUE));
    history.replay(reading);
    PublishedValues values = published.of(trait.name());
    List<SnapshotRow> all = reading.rows.finish();
    List<SnapshotRow> held =
        all.stream()
            .filter(it -> !Double.isNaN(values.held(it.profileId(), it.asOf())))
            .filter(it -> !Double.isNaN(label(reading.outcomes, trait, it)))
            .toList();
    long withoutValue =
        all.stream().filter(it -> Double.isNaN(values.held(it.profileId(), it.asOf()))).count();
    boolean[] positive = new boolean[held.size()];
    long positives = 0;
    for (int row = 0; row < positive.length; row++) {
      SnapshotRow it = held.get(row);
      positive[row] = label(reading.outcomes, trait, it) > 0;
      positives += positive[row] ? 1 : 0;
    }
    Optional<RankedFeature> best =
        BaselineFit.best(
            engine.schema().names(), feature -> column(held, it -> it.vector()[feature]), positive);
    return new SnapshotQuality(
        trait.name(),
        all.stream().mapToLong(SnapshotRow::asOf).distinct().count(),
        held.size(),
        positives,
        withoutValue,
        RocAuc.of(column(held, it -> values.held(it.profileId(), it.asOf())), positive),
        RocAuc.of(column(held, it -> recency(reading.outcomes, it)), positive),
        best.map(RankedFeature::name).orElse(""),
        best.map(RankedFeature::auc).orElse(Double.NaN),
        RocAuc.of(column(held, it -> withoutSilence(values, it)), positive));
  }

  /** A consumer who knows nothing of a profile has no reason to expect anything of it. */
  private static double withoutSilence(PublishedValues values, SnapshotRow row) {
    double held = values.heldWithoutSilence(row.profileId(), row.asOf());
    return Double.isNaN(held) ? Double.NEGATIVE_INFINITY : held;
  }

  private static double label(Outcomes outcomes, Trait trait, SnapshotRow row) {
    return outcomes.of(row.profileId()).label(trait, row.asOf());
  }

  /** Grows with the last time; the least where there is none. */
  private static double recency(Outcomes outcomes, SnapshotRow row) {
    long last = outcomes.of(row.profileId()).lastUntil(row.asOf());
    return last == Long.MIN_VALUE ? Double.NEGATIVE_INFINITY : last - row.asOf();
  }

  private static double[] column(List<SnapshotRow> rows, ToDoubleFunction<SnapshotRow> value) {
    return rows.stream().mapToDouble(value).toArray();
  }

  private record Reading(SnapshotRows rows, Outcomes outcomes) implements HistoryVisitor {
    @Override
    public void record(String profileId, ProfileLogRecord entry) {
      rows.apply(profileId, entry);
      outcomes.add(profileId, entry);
    }

    @Override
    public void endPartition() {
      rows.endPartition();
    }

    @Override
    public void progress(long read, long all) {
      // A measurement is short and nobody watches it.
    }
  }
}
