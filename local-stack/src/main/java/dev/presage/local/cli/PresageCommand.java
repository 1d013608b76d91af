package dev.presage.local.cli;

import dev.presage.local.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line of Presage. */
@Command(
    name = "presage",
    description = {
      "Turns a stream of customer events into predictions that act while they still matter.",
      ""
    },
    subcommands = {
      DemoCommand.class,
      SimulateCommand.class,
      ResultsCommand.class,
      UpCommand.class,
      PlayCommand.class,
      TailCommand.class,
      FeaturesCommand.class,
      TraitsCommand.class,
      TrainCommand.class,
      ReportCommand.class,
      ModelsCommand.class,
      BenchCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = PresageCommand.Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed; the message says why",
      "2:the command line is wrong",
      "3:the broker, the registry, the streams application or the retrainer does not answer",
      "4:a file is wrong: a bad line, a mapping, a definition",
      "5:training ended without a model that is good enough to be published",
      "130:ended by Ctrl-C"
    },
    footer = {
      "",
      "First steps:",
      "  ./presage demo                          the whole loop on real orders",
      "  ./presage up                            your own playground; then, elsewhere:",
      "  ./presage play orders.csv --mapping mapping.yaml",
      "  ./presage tail trait-updates",
      "  ./presage features explain ID",
      "  ./presage traits check my-traits.yaml",
      "  ./presage models list",
      "",
      "'./presage COMMAND --help' says more of a command."
    })
public final class PresageCommand implements Runnable {

  private static final String LOG_CONFIGURATION = "logback.configurationFile";

  @Spec private CommandSpec spec;

  @Option(
      names = "--headless",
      scope = ScopeType.INHERIT,
      description = "No colours and no progress bars, as where there is no terminal.")
  private boolean headless;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show what the libraries log, and where errors come from.")
  private boolean verbose;

  private PresageCommand() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    if (System.getProperty(LOG_CONFIGURATION) == null) {
      System.setProperty(LOG_CONFIGURATION, "cli-logback.xml");
    }
    System.exit(execute(args));
  }

  /** Runs a command and returns its exit code. */
  static int execute(String... args) {
    PresageCommand command = new PresageCommand();
    return new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(
            result -> {
              Logging.show(command.verbose);
              return new CommandLine.RunLast().execute(result);
            })
        .setParameterExceptionHandler(new UsageErrors(command))
        .setExecutionExceptionHandler(new Failures(command))
        .execute(args);
  }

  Console console() {
    return Console.ofProcess(headless);
  }

  boolean isVerbose() {
    return verbose;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Which command? There are demo, simulate, results, up, play, tail, features, traits,"
            + " train, report, models and bench");
  }

  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = PresageCommand.class.getPackage().getImplementationVersion();
      return new String[] {"presage " + (version == null ? "(not packaged)" : version)};
    }
  }
}
