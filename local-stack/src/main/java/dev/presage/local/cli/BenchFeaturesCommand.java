package dev.presage.local.cli;

import dev.presage.local.bench.FeatureBench;
import dev.presage.local.bench.FigureFile;
import dev.presage.local.console.Console;
import dev.presage.local.console.Progress;
import dev.presage.local.installation.ProjectHome;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

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

  private static final int PROGRESS_UNITS = 1_000;

  @Spec private CommandSpec spec;

  @ParentCommand private BenchCommand bench;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as JSON.")
  private @Nullable Path json;

  @Option(
      names = "--quick",
      description = "Measure for seconds, to see that it works; the figures mean little.")
  private boolean quick;

  @Override
  public Integer call() {
    OutputFile.check(spec, "figures", json);
    Console console = bench.presage().console();
    Path home = ProjectHome.find();
    Path data = home.resolve(".presage").resolve("bench");
    FigureFile figures;
    try (UntilInterrupted interrupted = new UntilInterrupted(console);
        Progress progress = console.longProgress("Measuring", PROGRESS_UNITS)) {
      figures =
          FeatureBench.of(home, data, quick)
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
