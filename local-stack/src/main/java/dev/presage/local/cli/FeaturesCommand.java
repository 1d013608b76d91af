package dev.presage.local.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Features of profiles. */
@Command(
    name = "features",
    description = {"Looks into the features of a profile.", ""},
    subcommands = FeaturesExplainCommand.class,
    synopsisSubcommandLabel = "QUESTION",
    footer = {"", "Example:", "  ./presage features explain 17850"})
final class FeaturesCommand implements Runnable {

  @Spec private CommandSpec spec;

  @ParentCommand private PresageCommand presage;

  PresageCommand presage() {
    return presage;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which question? There is explain");
  }
}
