package dev.presage.features.figures;

import dev.presage.features.ShopFeaturesBenchmark;
import dev.presage.features.ShopProfile.Detail;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/** What an event costs, by JMH, in JVMs of their own. */
final class EventCosts implements FigureSource {
  private static final String ALLOCATED_BYTES = "gc.alloc.rate.norm";
  private static final int FORKS = 3;
  private static final int BENCHMARKS = 5;
  private static final TimeValue QUICK = TimeValue.milliseconds(100);
  private static final String BUSY = "10000x30";
  private static final String QUIET = "10x30";
  private static final String ORDINARY = "200x90";

  @Override
  public Set<Figure> figures() {
    return Set.of(
        Figure.APPLY_AND_VECTOR, Figure.ROUND_TRIP, Figure.WINDOW_COST_RATIO, Figure.ALLOCATED);
  }

  @Override
  public Duration expected(Effort effort) {
    return Duration.ofSeconds(effort == Effort.FULL ? 180 : 10);
  }

  @Override
  public Map<Figure, Measured> measure(Effort effort, Progress progress) throws RunnerException {
    Run run = new Run(effort, progress);
    RunResult ordinary =
        run.benchmark(
            "applyAndVector", ORDINARY, Detail.ALL, "an event on a profile of 200 events");
    RunResult roundTrip =
        run.benchmark(
            "roundTrip", ORDINARY, Detail.REVENUE, "decoding and encoding a profile of 200 events");
    RunResult quiet =
        run.benchmark("liveOn", QUIET, Detail.ALL, "an event on a profile of 10 events in 30 days");
    RunResult busy =
        run.benchmark(
            "liveOn", BUSY, Detail.ALL, "an event on a profile of 10,000 events in 30 days");
    RunResult garbage = run.benchmark("liveOn", ORDINARY, Detail.ALL, "the garbage of an event");
    return Map.of(
        Figure.APPLY_AND_VECTOR, time(ordinary),
        Figure.ROUND_TRIP, time(roundTrip),
        Figure.WINDOW_COST_RATIO, ratio(time(busy), time(quiet)),
        Figure.ALLOCATED, allocated(garbage));
  }

  /** The median, as whatever else the machine does shows in a few iterations, as a multiple. */
  private static Measured time(RunResult result) {
    Statistics nanos = result.getPrimaryResult().getStatistics();
    return new Measured(
        nanos.getPercentile(50),
        String.format(
            Locale.ROOT,
            "median of %s, %,.0f to %,.0f",
            iterations(result),
            nanos.getMin(),
            nanos.getMax()));
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

  /** To a tenth of a byte: JMH itself allocates a few thousand bytes a second. */
  private static Measured allocated(RunResult result) {
    double bytes =
        Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED_BYTES)).getScore();
    return new Measured(
        Math.round(bytes * 10) / 10.0,
        String.format(Locale.ROOT, "mean of %s, unrounded %.4f", iterations(result), bytes));
  }

  private static String iterations(RunResult result) {
    return "%d iterations in %d JVMs"
        .formatted(result.getPrimaryResult().getSampleCount(), result.getParams().getForks());
  }

  /** Benchmarks, one after the other. */
  private static final class Run {
    private final Effort effort;
    private final Progress progress;
    private int done;

    Run(Effort effort, Progress progress) {
      this.effort = effort;
      this.progress = progress;
    }

    RunResult benchmark(String method, String events, Detail detail, String what)
        throws RunnerException {
      ChainedOptionsBuilder options =
          new OptionsBuilder()
              .include(ShopFeaturesBenchmark.class.getName() + "\\." + method + "$")
              .param("events", events)
              .param("detail", detail.name())
              .forks(FORKS)
              .addProfiler(GCProfiler.class)
              .shouldFailOnError(true);
      if (effort == Effort.QUICK) {
        options
            .forks(1)
            .warmupIterations(1)
            .warmupTime(QUICK)
            .measurementIterations(1)
            .measurementTime(QUICK);
      }
      progress.at((double) done / BENCHMARKS, what);
      ProgressFormat format =
          new ProgressFormat(System.err, share -> progress.at((done + share) / BENCHMARKS, what));
      RunResult result = new Runner(options.build(), format).run().iterator().next();
      done++;
      return result;
    }
  }
}
