package dev.presage.local.cli;

import dev.presage.local.bench.Benchmark;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** What models cost. */
@Command(
    name = "models",
    description = {
      "Measures what models cost: time and garbage of a score and its explanation, and how long a"
          + " model takes until it is live. At most ten minutes; nothing else should run meanwhile.",
      "",
      "Targets that are missed do not make it fail (exit code 0).",
      ""
    },
    footer = {
      "",
      "The figures as JSON (--json):",
      "  rowNanos                  one row, 100 trees of depth 6, 30 features, random data",
      "  nativeSpeedup             the same against the native library",
      "  predictorSpeedup          the same against ai.h2o:xgboost-predictor",
      "  largeRowNanos             one row, 1,000 trees of depth 8",
      "  allocatedBytesPerScore    garbage of a score, 100 trees",
      "  shapMicros                exact TreeSHAP of one row, 100 trees of depth 6",
      "  shapSpeedup               the same against the native library",
      "  compileMillis             verify and compile 100 trees",
      "  publishToLiveMillis       publish 100 trees until two instances score with it",
      "  run                       machine, JVM, date; how each figure was measured,",
      "                            its target, and whether it is met",
      "",
      "Examples:",
      "  ./presage bench models",
      "  ./presage bench models --json figures.json --headless"
    })
final class BenchModelsCommand implements Callable<Integer> {

  @ParentCommand private BenchCommand bench;

  @Mixin private BenchRun run;

  @Override
  public Integer call() {
    return run.run(Benchmark.MODELS, bench.presage().console());
  }
}
