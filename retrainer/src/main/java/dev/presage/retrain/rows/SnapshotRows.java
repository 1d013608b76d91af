package dev.presage.retrain.rows;

import dev.presage.features.FeatureEngine;
import dev.presage.retrain.traits.Trait;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.ProfileLogRecord;
import java.time.Duration;
import java.util.List;

/**
 * Folds a history, partition by partition, and collects every profile that is eligible at a
 * snapshot, silent ones included, with its features as of then. Used by one thread.
 */
public final class SnapshotRows {
  private final FeatureEngine engine;
  private final Trait trait;
  private final long from;
  private final RowSample sample;
  private final double[] vector;
  private final HistoryFold fold;

  /**
   * Collects rows of one trait.
   *
   * @param from time of the first snapshot, milliseconds since the epoch
   * @param step distance of the snapshots
   * @param mostRows most rows to keep; beyond that a sample, the same in every replay
   */
  public SnapshotRows(FeatureEngine engine, Trait trait, long from, Duration step, int mostRows) {
    this.engine = engine;
    this.trait = trait;
    this.from = from;
    this.sample = new RowSample(mostRows);
    this.vector = new double[engine.schema().size()];
    this.fold = new HistoryFold(engine, new CutTimes(from, step.toMillis()), new Collecting());
  }

  /** Applies the next record of the log of an ID; an event has a time. */
  public void apply(String profileId, ProfileLogRecord entry) {
    fold.apply(profileId, entry);
  }

  /** Ends a partition: its profiles are done, and forgotten. */
  public void endPartition() {
    fold.endPartition();
    sample.settle(trait);
  }

  /**
   * The rows whose horizon is over at the end of the history, without those of profiles that were
   * erased.
   */
  public List<SnapshotRow> finish() {
    long lastSnapshot = fold.newestEventMillis() - trait.horizonMillis();
    return sample.rows().stream()
        .filter(it -> it.asOf <= lastSnapshot && !it.isErased())
        .map(it -> new SnapshotRow(it.profileId, it.asOf, it.vector))
        .toList();
  }

  private final class Collecting implements HistoryFold.Viewer {
    @Override
    public void applied(ProfileFold profile, Event event) {
      // What happened is known from elsewhere.
    }

    @Override
    public void moment(ProfileFold profile, long asOf) {
      // Snapshots are not at events.
    }

    @Override
    public void cut(ProfileFold profile, long asOf) {
      if (asOf < from) {
        return;
      }
      engine.vector(profile.features(), asOf, vector);
      long key = profile.nextRowKey();
      if (trait.isEligible(vector)) {
        sample.offer(key, asOf, vector, profile.life());
      }
    }
  }
}
