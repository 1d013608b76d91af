package dev.presage.retrain.figures;

import com.sun.management.OperatingSystemMXBean;
import dev.presage.features.FeatureEngine;
import dev.presage.features.ShopProfile;
import dev.presage.figures.Effort;
import dev.presage.figures.Figure;
import dev.presage.figures.FigureSource;
import dev.presage.figures.Measured;
import dev.presage.retrain.ShopHistory;
import dev.presage.retrain.history.History;
import dev.presage.retrain.history.HistoryVisitor;
import dev.presage.retrain.rows.RowCollector;
import dev.presage.retrain.rows.RowPlan;
import dev.presage.retrain.rows.TrainingRows;
import dev.presage.retrain.traits.Trait;
import dev.presage.schemas.avro.ProfileLogRecord;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * How fast a history becomes rows, on one thread, by the CPU time of the process: records are read,
 * folded, and a vector is built at each event and at each of four weekly cut times.
 */
final class ReplayCosts implements FigureSource {
  private static final Duration MONTH = Duration.ofDays(30);
  private static final int EVENTS_A_CUSTOMER = 20;
  private static final int WARM_UP = 2;
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  @Override
  public Duration expected(Effort effort) {
    return Duration.ofSeconds(effort == Effort.FULL ? 90 : 10);
  }

  @Override
  public Map<Figure, Measured> measure(Effort effort, Progress progress) {
    progress.at(0, "events of a shop");
    int events = effort == Effort.FULL ? 1_000_000 : 50_000;
    ShopHistory history = ShopHistory.of(events / EVENTS_A_CUSTOMER, events, MONTH);
    int rounds = effort == Effort.FULL ? 7 : 1;
    Measured replay = measure(history, history.events(), rounds, 0.1, 0.5, progress);
    Measured fold = measure(history.read(), history.events(), rounds, 0.6, 0.4, progress);
    return Map.of(TrainingFigures.REPLAY, replay, TrainingFigures.FOLD, fold);
  }

  private static Measured measure(
      History history, long events, int rounds, double from, double share, Progress progress) {
    FeatureEngine engine = new FeatureEngine(ShopProfile.declarations());
    Trait trait = Trait.compile(RunCosts.trait(Duration.ofDays(7)), engine);
    double[] rates = new double[rounds];
    long rows = 0;
    for (int round = -WARM_UP; round < rounds; round++) {
      progress.at(
          from + share * (round + WARM_UP) / (rounds + WARM_UP), "rows from a million events");
      long began = PROCESS.getProcessCpuTime();
      TrainingRows collected = collect(engine, trait, history);
      double seconds = (PROCESS.getProcessCpuTime() - began) / 1e9;
      rows = collected.momentRows() + collected.calendarRows();
      if (round >= 0) {
        rates[round] = events / seconds;
      }
    }
    Arrays.sort(rates);
    return new Measured(
        rates[rounds / 2],
        String.format(
            Locale.ROOT,
            "median of %d replays, %,.0f to %,.0f, after %d; per second of CPU, the garbage collector's and the compiler's included; %,d events of %,d customers, %,d vectors",
            rounds,
            rates[0],
            rates[rounds - 1],
            WARM_UP,
            events,
            events / EVENTS_A_CUSTOMER,
            rows));
  }

  private static TrainingRows collect(FeatureEngine engine, Trait trait, History history) {
    RowCollector collector = new RowCollector(engine, trait, RowPlan.standard());
    history.replay(
        new HistoryVisitor() {
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
            // It is the whole that counts.
          }
        });
    return collector.finish();
  }
}
