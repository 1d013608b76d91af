package dev.presage.model.figures;

import static java.util.concurrent.TimeUnit.MICROSECONDS;

import dev.presage.figures.Effort;
import dev.presage.figures.Figure;
import dev.presage.figures.FigureSource;
import dev.presage.figures.JmhRun;
import dev.presage.figures.Measured;
import dev.presage.model.ContributionBenchmark;
import java.time.Duration;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/** What the contributions to one row's score cost. */
final class ShapCosts implements FigureSource {
  private static final int BENCHMARKS = 2;

  @Override
  public Duration expected(Effort effort) {
    return Duration.ofSeconds(effort == Effort.FULL ? 60 : 5);
  }

  @Override
  public Map<Figure, Measured> measure(Effort effort, Progress progress) throws RunnerException {
    JmhRun run = new JmhRun(effort, BENCHMARKS, progress);
    Measured compiled = run(run, "compiled", "contributions to a row, 100 trees");
    Measured nativeLibrary =
        run(run, "nativeLibrary", "contributions to a row, 100 trees, native library");
    return Map.of(
        ModelFigures.SHAP,
        compiled,
        ModelFigures.SHAP_SPEEDUP,
        Speedup.of(compiled, nativeLibrary, "µs"));
  }

  private static Measured run(JmhRun run, String method, String what) throws RunnerException {
    return run.run(JmhRun.method(ContributionBenchmark.class.getName(), method), what)
        .time(MICROSECONDS);
  }
}
