package dev.presage.endtoend;

import dev.presage.features.FeatureEngine;
import dev.presage.retrain.history.History;
import dev.presage.retrain.history.HistoryVisitor;
import dev.presage.retrain.rows.RowCollector;
import dev.presage.retrain.rows.RowKind;
import dev.presage.retrain.rows.RowPlan;
import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.traits.Trait;
import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.schemas.avro.TrainingExample;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds the rows that the retrainer trains on against the vectors that were served, bit for bit.
 *
 * @param served rows at events that were served as they are
 * @param notServed rows at events that were not
 * @param servedAsOfRungs events that came after a rung of silence that lies behind them: served as
 *     of the rung, while the row is as of the event
 */
record RetrainedRows(int served, int notServed, int servedAsOfRungs) {

  /**
   * Compares.
   *
   * @param from rows before were made while nothing was served
   */
  static RetrainedRows compare(
      FeatureEngine engine,
      Trait trait,
      History log,
      Collection<TrainingExample> examples,
      Instant from) {
    RowCollector collector = new RowCollector(engine, trait, RowPlan.standard());
    Map<String, Instant> times = new HashMap<>();
    log.replay(
        new HistoryVisitor() {
          @Override
          public void record(String profileId, ProfileLogRecord entry) {
            collector.apply(profileId, entry);
            Event event = entry.getEvent();
            if (event != null) {
              times.put(event.getEventId(), event.getOccurredAt());
            }
          }

          @Override
          public void endPartition() {
            collector.endPartition();
          }

          @Override
          public void progress(long read, long all) {
            // Nobody watches.
          }
        });
    Map<String, Integer> open = new HashMap<>();
    int rungs = 0;
    for (TrainingExample example : examples) {
      if (example.getCause() == Cause.EVENT) {
        double[] vector = example.getFeatures().stream().mapToDouble(Double::doubleValue).toArray();
        open.merge(bits(example.getAsOf().toEpochMilli(), vector), 1, Integer::sum);
        rungs += isAsOf(times.get(example.getEventId()), example) ? 0 : 1;
      }
    }
    int served = 0;
    int notServed = 0;
    Rows rows = collector.finish().rows();
    for (int row = 0; row < rows.size(); row++) {
      if (rows.kind(row) == RowKind.MOMENT && rows.asOf(row) >= from.toEpochMilli()) {
        int left = open.merge(bits(rows.asOf(row), rows.vector(row)), -1, Integer::sum);
        if (left >= 0) {
          served++;
        } else {
          notServed++;
        }
      }
    }
    return new RetrainedRows(served, notServed, rungs);
  }

  private static boolean isAsOf(@Nullable Instant time, TrainingExample example) {
    return example.getAsOf().equals(time);
  }

  private static String bits(long asOf, double[] vector) {
    return asOf
        + Arrays.toString(Arrays.stream(vector).mapToLong(Double::doubleToRawLongBits).toArray());
  }
}
