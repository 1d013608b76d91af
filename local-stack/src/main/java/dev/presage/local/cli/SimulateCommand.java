package dev.presage.local.cli;

import dev.presage.local.console.Console;
import dev.presage.local.demo.DemoDirectory;
import dev.presage.local.installation.Definitions;
import dev.presage.local.installation.Installation;
import dev.presage.local.installation.InstallationOptions;
import dev.presage.local.installation.ProjectHome;
import dev.presage.local.simulation.Simulation;
import dev.presage.local.simulation.SimulationOptions;
import dev.presage.local.simulation.SimulationSummary;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Scores beside the truth. */
@Command(
    name = "simulate",
    description = {
      "How near a learned model comes to the truth: customers are simulated whose chances are known,"
          + " a year and a half is played, a model is trained on it, the next month is scored, and the"
          + " scores are held against the true probabilities.",
      "",
      "Nobody can do better than the truth, which knows each customer's rates; a ratio of 1.02 means"
          + " 2% more log loss than it has. docs/results.md says what can be reached.",
      ""
    },
    footer = {
      "",
      "The summary as JSON (--summary):",
      "  events, modelVersion      what was played, and the model",
      "  atEvents: {rows, positives, logLoss, trueLogLoss, ratio}",
      "                            scores at events: how many, orders within 30 days, log loss of",
      "                            the scores and of the true probabilities, one by the other",
      "  afterSilence              the same of scores of customers who had sent nothing for a while;",
      "                            the truth knows who has left, which nobody else can",
      "",
      "Examples:",
      "  ./presage simulate",
      "  ./presage simulate --customers 2000 --history 270 --seed 7 --summary simulation.json"
    })
final class SimulateCommand implements Callable<Integer> {
  private static final int LEAST_HISTORY_DAYS = 120;

  @Spec private CommandSpec spec;

  @ParentCommand private PresageCommand presage;

  @Option(
      names = "--customers",
      paramLabel = "N",
      defaultValue = "6000",
      description = "How many customers come in all; each makes some 70 events. Default: 6000.")
  private int customers;

  @Option(
      names = "--history",
      paramLabel = "DAYS",
      defaultValue = "540",
      description = "Days that are played before the month that is scored. Default: 540.")
  private int historyDays;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed gives the same customers and events. Default: 1.")
  private long seed;

  @Option(names = "--summary", paramLabel = "FILE", description = "Write the summary as JSON.")
  private @Nullable Path summaryFile;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Where data and logs are kept; emptied at the next start. Default: .presage/simulate in"
              + " the project's folder.")
  private @Nullable Path dataDir;

  @Override
  public Integer call() {
    OutputFile.check(spec, "summary", summaryFile);
    if (customers < 1) {
      throw new ParameterException(
          spec.commandLine(), "--customers is " + customers + "; expected at least 1");
    }
    if (historyDays < LEAST_HISTORY_DAYS) {
      throw new ParameterException(
          spec.commandLine(),
          "--history is %d; expected at least %d, as a run needs 3.8 horizons of 30 days"
              .formatted(historyDays, LEAST_HISTORY_DAYS));
    }
    Console console = presage.console();
    Path home = ProjectHome.find();
    Definitions definitions = Definitions.read(home.resolve("local-stack/simulation"));
    Path data = (dataDir == null ? DataFolder.SIMULATE.in(home) : dataDir).toAbsolutePath();
    DemoDirectory.prepare(data);
    try (UntilInterrupted interrupted = new UntilInterrupted(console)) {
      Installation installation =
          Installation.start(
              InstallationOptions.on(home, data, definitions).replayingThePast(),
              interrupted.resources(),
              said -> console.line(said + " …"));
      SimulationSummary summary =
          new Simulation(
                  installation, SimulationOptions.standard(customers, historyDays, seed), console)
              .run();
      summary.lines().forEach(line -> console.raw("   " + line));
      if (summaryFile != null) {
        summary.write(summaryFile);
      }
      return 0;
    }
  }
}
