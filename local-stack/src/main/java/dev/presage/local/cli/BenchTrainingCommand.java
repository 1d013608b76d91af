package dev.presage.local.cli;

import dev.presage.local.bench.Benchmark;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** What training costs. */
@Command(
    name = "training",
    description = {
      "Measures what training costs: a history that is replayed, and a whole run on 1 million events,"
          + " with 4 GB of heap. At most ten minutes; nothing else should run meanwhile.",
      "",
      "Targets that are missed do not make it fail (exit code 0).",
      ""
    },
    footer = {
      "",
      "The figures as JSON (--json):",
      "  replayEventsPerSecond     records read, folded and made rows of on one thread,",
      "                            50 features, at events and 4 cut times",
      "  foldEventsPerSecond       the same without reading",
      "  runSeconds                1 million events of 50,000 customers, from the",
      "                            definition until the gate",
      "  readingSeconds            of that, until there are rows",
      "  memoryMegabytes           most memory that the process had",
      "  run                       machine, JVM, date; how each figure was measured,",
      "                            its target, and whether it is met",
      "",
      "Examples:",
      "  ./presage bench training",
      "  ./presage bench training --json figures.json --headless"
    })
final class BenchTrainingCommand implements Callable<Integer> {

  @ParentCommand private BenchCommand bench;

  @Mixin private BenchRun run;

  @Override
  public Integer call() {
    return run.run(Benchmark.TRAINING, bench.presage().console());
  }
}
