package dev.presage.local.cli;

import dev.presage.local.console.Console;
import dev.presage.local.demo.Demo;
import dev.presage.local.demo.DemoDirectory;
import dev.presage.local.demo.DemoOptions;
import dev.presage.local.demo.DemoSummary;
import dev.presage.local.installation.Definitions;
import dev.presage.local.installation.Installation;
import dev.presage.local.installation.InstallationOptions;
import dev.presage.local.installation.ProjectHome;
import dev.presage.local.play.EventMappingFile;
import dev.presage.local.play.FileFormat;
import dev.presage.local.play.SourceFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The main job on sample data. */
@Command(
    name = "demo",
    description = {
      "The main job, end to end, on the 22,186 real invoices of a wholesaler: orders are played,"
          + " a model is trained on them and swapped in while the stream runs, the rest is played"
          + " and scored, and the scores are held against what really happened.",
      "",
      "It starts from an empty data folder each time, and stays up until Ctrl-C.",
      ""
    },
    footer = {
      "",
      "The summary as JSON (--summary):",
      "  events, eventsPerSecond   played, and processed a second",
      "  traitUpdates, segmentChanges, triggers, heldTriggers, deadLetters",
      "                            records that came out",
      "  silenceUpdates, mergeUpdates",
      "                            trait updates because of silence, and of a merge",
      "  swapMillis                from publishing the model to its first score",
      "  live: {auc, prAuc, logLoss, rows, openRows, positives, calibration}",
      "                            quality of the scores as they were served;",
      "                            openRows: left out, 30 days not over",
      "  baseline: {feature, auc, prAuc, logLoss, calibration}",
      "                            the single best feature, on the same rows",
      "  weekly: {auc, recencyAuc, bestFeature, bestFeatureAuc, withoutSilenceAuc,",
      "    snapshots, rows, positives, withoutValue}",
      "                            ROC AUC of what consumers hold once a week of all customers,",
      "                            beside time since the last order, the best feature, and the",
      "                            same without updates of silence;",
      "                            withoutValue: left out, no value held",
      "  modelVersion, seconds     the model; how long each step took",
      "",
      "Examples:",
      "  ./presage demo",
      "  ./presage demo --exit --headless --summary summary.json"
    })
final class DemoCommand implements Callable<Integer> {

  private static final String TRAIT = "likelihood-to-repurchase-30d";
  private static final Instant CUT = Instant.parse("2011-09-01T00:00:00Z");

  @Spec private CommandSpec spec;

  @ParentCommand private PresageCommand presage;

  @Option(names = "--exit", description = "End after the summary.")
  private boolean exit;

  @Option(names = "--summary", paramLabel = "FILE", description = "Write the summary as JSON.")
  private @Nullable Path summaryFile;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Where data and logs are kept; emptied at the next start. Default: .presage/demo in the"
              + " project's folder.")
  private @Nullable Path dataDir;

  @Override
  public Integer call() {
    OutputFile.check(spec, "summary", summaryFile);
    Console console = presage.console();
    Path home = ProjectHome.find();
    Path sample = home.resolve("local-stack/demo");
    Definitions definitions = Definitions.read(sample);
    DemoOptions options =
        new DemoOptions(
            new SourceFile(sample.resolve("invoices.csv.gz"), FileFormat.CSV),
            EventMappingFile.read(sample.resolve("mapping.yaml")),
            TRAIT,
            CUT);
    Path data = (dataDir == null ? DataFolder.DEMO.in(home) : dataDir).toAbsolutePath();
    DemoDirectory.prepare(data);
    try (UntilInterrupted interrupted = new UntilInterrupted(console)) {
      Installation installation =
          Installation.start(
              InstallationOptions.on(home, data, definitions).replayingThePast(),
              interrupted.resources(),
              said -> console.line(said + " …"));
      DemoSummary summary = new Demo(installation, options, console).run();
      summary.lines().forEach(line -> console.raw("   " + line));
      if (summaryFile != null) {
        summary.write(summaryFile);
      }
      if (!exit) {
        console.step("8. It stays up");
        AddressTable.show(console, installation.addresses(), data);
        console.line("");
        console.line("Try './presage tail trait-updates --from-beginning --max 3' elsewhere.");
        console.line("Ctrl-C ends it.");
        interrupted.stay(installation::requireRunning);
      }
      return 0;
    }
  }
}
