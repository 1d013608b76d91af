package dev.presage.local.cli;

import dev.presage.local.console.Console;
import dev.presage.local.definitions.TraitFile;
import dev.presage.local.demo.DemoDirectory;
import dev.presage.local.installation.Definitions;
import dev.presage.local.installation.Installation;
import dev.presage.local.installation.InstallationOptions;
import dev.presage.local.installation.ProjectHome;
import dev.presage.local.play.EventMappingFile;
import dev.presage.local.play.FileFormat;
import dev.presage.local.play.SourceFile;
import dev.presage.local.results.Results;
import dev.presage.local.results.ResultsTable;
import dev.presage.local.results.TraitResult;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What models are worth on real orders. */
@Command(
    name = "results",
    description = {
      "What models are worth on real orders: a year of a wholesaler's orders is played, likelihoods"
          + " to repurchase in 30 and 90 days and to churn in 90 are trained, and each is held"
          + " against its baselines on the last part of the year. Prints the tables of"
          + " docs/results.md.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  ./presage results",
      "  ./presage results --json results.json",
      "",
      "Ends with exit code 5 where a trait could not be judged."
    })
final class ResultsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @ParentCommand private PresageCommand presage;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write every run and its report to this file, too.")
  private @Nullable Path json;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Where data and logs are kept; emptied at the next start. Default: .presage/results in the"
              + " project's folder.")
  private @Nullable Path dataDir;

  @Override
  public Integer call() {
    OutputFile.check(spec, "results", json);
    Console console = presage.console();
    Path home = ProjectHome.find();
    Path sample = home.resolve("local-stack/demo");
    Definitions definitions =
        new Definitions(
            sample.resolve("features.yaml").toAbsolutePath(),
            TraitFile.read(home.resolve("local-stack/results/traits.yaml")),
            List.of(),
            List.of());
    Path data = (dataDir == null ? DataFolder.RESULTS.in(home) : dataDir).toAbsolutePath();
    DemoDirectory.prepare(data);
    try (UntilInterrupted interrupted = new UntilInterrupted(console)) {
      Installation installation =
          Installation.start(
              InstallationOptions.on(home, data, definitions).replayingThePast(),
              interrupted.resources(),
              said -> console.line(said + " …"));
      List<TraitResult> results =
          new Results(installation, console)
              .of(
                  new SourceFile(sample.resolve("invoices.csv.gz"), FileFormat.CSV),
                  EventMappingFile.read(sample.resolve("mapping.yaml")),
                  definitions.traits());
      console.step("Results");
      ResultsTable.lines(results).forEach(console::raw);
      if (json != null) {
        ResultsTable.write(results, json);
      }
      return results.stream().allMatch(TraitResult::isJudged) ? 0 : ExitCode.HELD_BACK;
    }
  }
}
