package dev.presage.local.cli;

import dev.presage.local.bench.Benchmark;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** What the feature store costs. */
@Command(
    name = "features",
    description = {
      "Measures what the feature store costs: time and garbage of an event, bytes of a profile."
          + " At most ten minutes; nothing else should run meanwhile.",
      "",
      "Targets that are missed do not make it fail (exit code 0).",
      ""
    },
    footer = {
      "",
      "The figures as JSON (--json):",
      "  applyAndVectorNanos       apply an event and build the vector, 50 features,",
      "                            10 series, decoded profile",
      "  roundTripNanos            decode, apply, vector, encode; 200 events",
      "  windowCostRatio           apply and vector with 10,000 events in the window",
      "                            against 10",
      "  encodedBytesSmall, encodedBytes, encodedBytesHuge",
      "                            profiles of 20, 200 and 1 million events",
      "  allocatedBytesPerEvent    garbage of an event, decoded profile",
      "  changelogBytesPerEvent    what an event writes to the changelog",
      "  storeSpeedup              events a second against whole profiles in the",
      "                            cache of Kafka Streams",
      "  run                       machine, JVM, date; how each figure was measured,",
      "                            its target, and whether it is met",
      "",
      "Examples:",
      "  ./presage bench features",
      "  ./presage bench features --json figures.json --headless"
    })
final class BenchFeaturesCommand implements Callable<Integer> {

  @ParentCommand private BenchCommand bench;

  @Mixin private BenchRun run;

  @Override
  public Integer call() {
    return run.run(Benchmark.FEATURES, bench.presage().console());
  }
}
