package dev.presage.features.figures;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.presage.features.ShopFeaturesBenchmark;
import dev.presage.features.ShopProfile.Detail;
import dev.presage.figures.BenchmarkFigures;
import dev.presage.figures.Effort;
import dev.presage.figures.Figure;
import dev.presage.figures.FigureSource;
import dev.presage.figures.JmhRun;
import dev.presage.figures.Measured;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/** What an event costs, by JMH, in JVMs of their own. */
final class EventCosts implements FigureSource {
  private static final int BENCHMARKS = 5;
  private static final String BUSY = "10000x30";
  private static final String QUIET = "10x30";
  private static final String ORDINARY = "200x90";

  @Override
  public Duration expected(Effort effort) {
    return Duration.ofSeconds(effort == Effort.FULL ? 180 : 10);
  }

  @Override
  public Map<Figure, Measured> measure(Effort effort, Progress progress) throws RunnerException {
    JmhRun run = new JmhRun(effort, BENCHMARKS, progress);
    BenchmarkFigures ordinary =
        run(run, "applyAndVector", ORDINARY, Detail.ALL, "an event on a profile of 200 events");
    BenchmarkFigures roundTrip =
        run(
            run,
            "roundTrip",
            ORDINARY,
            Detail.REVENUE,
            "decoding and encoding a profile of 200 events");
    BenchmarkFigures quiet =
        run(run, "liveOn", QUIET, Detail.ALL, "an event on a profile of 10 events in 30 days");
    BenchmarkFigures busy =
        run(run, "liveOn", BUSY, Detail.ALL, "an event on a profile of 10,000 events in 30 days");
    BenchmarkFigures garbage = run(run, "liveOn", ORDINARY, Detail.ALL, "the garbage of an event");
    return Map.of(
        FeatureFigures.APPLY_AND_VECTOR, ordinary.time(NANOSECONDS),
        FeatureFigures.ROUND_TRIP, roundTrip.time(NANOSECONDS),
        FeatureFigures.WINDOW_COST_RATIO, ratio(busy.time(NANOSECONDS), quiet.time(NANOSECONDS)),
        FeatureFigures.ALLOCATED, garbage.allocatedBytes());
  }

  private static BenchmarkFigures run(
      JmhRun run, String method, String events, Detail detail, String what) throws RunnerException {
    return run.run(
        JmhRun.method(ShopFeaturesBenchmark.class.getName(), method)
            .param("events", events)
            .param("detail", detail.name()),
        what);
  }

  private static Measured ratio(Measured busy, Measured quiet) {
    return new Measured(
        busy.value() / quiet.value(),
        String.format(
            Locale.ROOT,
            "%,.0f ns with 10,000 events in 30 days (%s), %,.0f ns with 10 (%s)",
            busy.value(),
            busy.how(),
            quiet.value(),
            quiet.how()));
  }
}
