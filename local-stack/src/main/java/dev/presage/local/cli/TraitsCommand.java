package dev.presage.local.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What is foretold, and of whom. */
@Command(
    name = "traits",
    description = {
      "Defines what is to be foretold of customers, and says what has become of it.",
      ""
    },
    subcommands = {
      TraitsCheckCommand.class,
      TraitsCreateCommand.class,
      TraitsListCommand.class,
      TraitsShowCommand.class,
      TraitsTrainCommand.class,
      TraitsPauseCommand.class,
      TraitsResumeCommand.class,
      TraitsDeleteCommand.class
    },
    synopsisSubcommandLabel = "ACTION",
    footer = {
      "",
      "Examples:",
      "  ./presage traits check my-traits.yaml     is there enough data?",
      "  ./presage traits create my-traits.yaml",
      "  ./presage traits train orders-again-30d",
      "  ./presage traits show orders-again-30d",
      "",
      "docs/traits.md says what a definition can say."
    })
final class TraitsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @ParentCommand private PresageCommand presage;

  PresageCommand presage() {
    return presage;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Which action? There are check, create, list, show, train, pause, resume and delete");
  }
}
