package dev.presage.retrain.runs;

import dev.presage.features.FeatureEngine;
import dev.presage.retrain.history.History;
import dev.presage.retrain.history.HistoryVisitor;
import dev.presage.retrain.rows.RowCollector;
import dev.presage.retrain.rows.RowKind;
import dev.presage.retrain.rows.RowPlan;
import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.rows.TrainingRows;
import dev.presage.retrain.traits.Trait;
import dev.presage.schemas.avro.ProfileLogRecord;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says from the history whether there is enough to train a trait, without training it. One check at
 * a time, as each holds the rows of a run. Thread-safe.
 */
public final class DataCheck {
  private final FeatureEngine engine;
  private final History history;
  private final RowPlan plan;

  /** Checks against a history, by the rows that a run would build. */
  public DataCheck(FeatureEngine engine, History history, RowPlan plan) {
    this.engine = engine;
    this.history = history;
    this.plan = plan;
  }

  /**
   * Reads the history.
   *
   * @throws dev.presage.retrain.history.HistoryException when it cannot be read
   */
  public synchronized DataReport check(Trait trait) {
    RowCollector collector = new RowCollector(engine, trait, plan);
    history.replay(new Reading(collector));
    TrainingRows collected = collector.finish();
    Rows rows = collected.rows();
    // Where no horizon is over there are no rows yet, but there are days.
    long start = rows.size() == 0 ? collected.oldestEventMillis() : Training.start(collected);
    long end = collected.newestEventMillis();
    Prediction prediction = Prediction.of(trait);
    Parts parts = prediction.parts(rows, prediction.split(start, end, trait.horizonMillis()));
    Set<String> forbidden = trait.forbidden(engine.reads());
    List<FeatureSignal> signals =
        FeatureSignal.of(
                engine.schema().names(), rows.where(row -> rows.kind(row) == RowKind.MOMENT))
            .stream()
            .filter(it -> !forbidden.contains(it.feature()))
            .toList();
    List<DataNeed> needs =
        trait.isAttribute()
            ? DataNeeds.ofAttribute(collected, parts, signals.size())
            : DataNeeds.of(
                trait,
                collected,
                parts,
                signals.size(),
                new DataForecast(start, end, trait.horizonMillis()));
    return new DataReport(
        trait.name(),
        collected.events(),
        collected.profiles(),
        collected.labelledProfiles(),
        rows.size(),
        rows.positives(),
        collected.censoredRows(),
        time(collected, collected.oldestEventMillis()),
        time(collected, end),
        needs,
        signals);
  }

  private static @Nullable Instant time(TrainingRows collected, long millis) {
    return collected.events() == 0 ? null : Instant.ofEpochMilli(millis);
  }

  private record Reading(RowCollector collector) implements HistoryVisitor {
    @Override
    public void record(String profileId, ProfileLogRecord entry) {
      collector.apply(profileId, entry);
    }

    @Override
    public void endPartition() {
      collector.endPartition();
    }

    @Override
    public void progress(long read, long all) {
      // Who asks waits for the answer.
    }
  }
}
