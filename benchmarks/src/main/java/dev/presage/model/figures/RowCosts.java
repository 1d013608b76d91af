package dev.presage.model.figures;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.presage.figures.BenchmarkFigures;
import dev.presage.figures.Effort;
import dev.presage.figures.Figure;
import dev.presage.figures.FigureSource;
import dev.presage.figures.JmhRun;
import dev.presage.figures.Measured;
import dev.presage.model.OneRowBenchmark;
import java.time.Duration;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/** What the prediction of one row costs, by JMH, in JVMs of their own. */
final class RowCosts implements FigureSource {
  private static final int BENCHMARKS = 4;
  private static final String SMALL = "100x6";
  private static final String LARGE = "1000x8";

  @Override
  public Duration expected(Effort effort) {
    return Duration.ofSeconds(effort == Effort.FULL ? 150 : 15);
  }

  @Override
  public Map<Figure, Measured> measure(Effort effort, Progress progress) throws RunnerException {
    JmhRun run = new JmhRun(effort, BENCHMARKS, progress);
    BenchmarkFigures compiled = run(run, "compiled", SMALL, "a row, 100 trees");
    Measured time = compiled.time(NANOSECONDS);
    Measured predictor =
        run(run, "xgboostPredictor", SMALL, "a row, 100 trees, xgboost-predictor")
            .time(NANOSECONDS);
    Measured nativeLibrary =
        run(run, "nativeLibrary", SMALL, "a row, 100 trees, native library").time(NANOSECONDS);
    Measured large = run(run, "compiled", LARGE, "a row, 1,000 trees").time(NANOSECONDS);
    return Map.of(
        ModelFigures.ROW, time,
        ModelFigures.NATIVE_SPEEDUP, Speedup.of(time, nativeLibrary, "ns"),
        ModelFigures.PREDICTOR_SPEEDUP, Speedup.of(time, predictor, "ns"),
        ModelFigures.LARGE_ROW, large,
        ModelFigures.ALLOCATED, compiled.allocatedBytes());
  }

  private static BenchmarkFigures run(JmhRun run, String method, String shape, String what)
      throws RunnerException {
    return run.run(
        JmhRun.method(OneRowBenchmark.class.getName(), method).param("shape", shape), what);
  }
}
