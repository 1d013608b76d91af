package dev.presage.model.figures;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.presage.figures.Effort;
import dev.presage.figures.Figure;
import dev.presage.figures.FigureSource;
import dev.presage.figures.JmhRun;
import dev.presage.figures.Measured;
import dev.presage.model.CompileBenchmark;
import java.time.Duration;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/** How long a model takes from its artefact to where it may score, by JMH. */
final class CompileCosts implements FigureSource {
  @Override
  public Duration expected(Effort effort) {
    return Duration.ofSeconds(effort == Effort.FULL ? 15 : 5);
  }

  @Override
  public Map<Figure, Measured> measure(Effort effort, Progress progress) throws RunnerException {
    return Map.of(
        ModelFigures.COMPILE,
        new JmhRun(effort, 1, progress)
            .run(
                JmhRun.method(CompileBenchmark.class.getName(), "load"),
                "verifying and compiling a model")
            .time(MILLISECONDS));
  }
}
