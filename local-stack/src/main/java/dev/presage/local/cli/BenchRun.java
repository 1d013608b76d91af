package dev.presage.local.cli;

import dev.presage.local.bench.Benchmark;
import dev.presage.local.bench.FigureBench;
import dev.presage.local.bench.FigureFile;
import dev.presage.local.console.Console;
import dev.presage.local.console.Progress;
import dev.presage.local.installation.ProjectHome;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all benchmarks have in common: options, progress, a table, and a file of the figures. */
final class BenchRun {

  private static final int PROGRESS_UNITS = 1_000;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as JSON.")
  private @Nullable Path json;

  @Option(
      names = "--quick",
      description = "Measure for seconds, to see that it works; the figures mean little.")
  private boolean quick;

  /** Whether seconds are enough. */
  boolean isQuick() {
    return quick;
  }

  /**
   * Measures; returns the exit code.
   *
   * @param more what else the benchmark is told
   */
  int run(Benchmark benchmark, Console console, String... more) {
    OutputFile.check(spec, "figures", json);
    Path home = ProjectHome.find();
    Path data = home.resolve(".presage").resolve("bench");
    FigureFile figures;
    try (UntilInterrupted interrupted = new UntilInterrupted(console);
        Progress progress = console.longProgress("Measuring", PROGRESS_UNITS)) {
      figures =
          FigureBench.of(benchmark, home, data, quick, List.of(more))
              .run(
                  interrupted.resources(),
                  (share, doing) -> progress.at(Math.round(share * PROGRESS_UNITS), doing));
    }
    figures.lines().forEach(console::raw);
    if (json != null) {
      figures.copyTo(json);
    }
    return 0;
  }
}
