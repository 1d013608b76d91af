package dev.presage.figures;

import dev.presage.figures.FigureSource.Progress;
import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Benchmarks in JVMs of their own, one after the other. */
public final class JmhRun {
  private static final int FORKS = 3;
  private static final TimeValue QUICK = TimeValue.milliseconds(100);

  private final Effort effort;
  private final int benchmarks;
  private final Progress progress;
  private int done;

  /**
   * @param benchmarks how many there will be
   */
  public JmhRun(Effort effort, int benchmarks, Progress progress) {
    this.effort = effort;
    this.benchmarks = benchmarks;
    this.progress = progress;
  }

  /** Options for one method. */
  public static ChainedOptionsBuilder method(String type, String name) {
    return new OptionsBuilder().include(type.replace(".", "\\.") + "\\." + name + "$");
  }

  /** Runs one benchmark; where it has parameters, the options name one value of each. */
  public BenchmarkFigures run(ChainedOptionsBuilder options, String what) throws RunnerException {
    options.forks(FORKS).addProfiler(GCProfiler.class).shouldFailOnError(true);
    if (effort == Effort.QUICK) {
      options
          .forks(1)
          .warmupIterations(1)
          .warmupTime(QUICK)
          .measurementIterations(1)
          .measurementTime(QUICK);
    }
    progress.at((double) done / benchmarks, what);
    ProgressFormat format =
        new ProgressFormat(System.err, share -> progress.at((done + share) / benchmarks, what));
    Collection<RunResult> results = new Runner(options.build(), format).run();
    done++;
    return new BenchmarkFigures(results.iterator().next());
  }
}
