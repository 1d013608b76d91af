package dev.presage.local.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Measures. */
@Command(
    name = "bench",
    description = {"Measures on this machine and holds the figures against their targets.", ""},
    subcommands = {
      BenchFeaturesCommand.class,
      BenchModelsCommand.class,
      BenchTrainingCommand.class,
      BenchEndToEndCommand.class
    },
    synopsisSubcommandLabel = "BENCHMARK",
    footer = {
      "",
      "Examples:",
      "  ./presage bench features --json figures.json",
      "  ./presage bench models --json figures.json",
      "  ./presage bench training --json figures.json",
      "  ./presage bench e2e --json figures.json"
    })
final class BenchCommand implements Runnable {

  @Spec private CommandSpec spec;

  @ParentCommand private PresageCommand presage;

  PresageCommand presage() {
    return presage;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Which benchmark? There are features, models, training and e2e");
  }
}
