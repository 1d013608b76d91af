package dev.presage.local.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Versions of models. */
@Command(
    name = "models",
    description = {"Brings models in, and says which version of each trait's model is used.", ""},
    subcommands = {
      ModelsImportCommand.class,
      ModelsListCommand.class,
      ModelsShowCommand.class,
      ModelsDiffCommand.class,
      ModelsPromoteCommand.class,
      ModelsRollbackCommand.class,
      ModelsRetireCommand.class
    },
    synopsisSubcommandLabel = "ACTION",
    footer = {
      "",
      "Examples:",
      "  ./presage models import model.ubj --trait likelihood-to-repurchase-30d --golden-rows golden.csv",
      "  ./presage models list",
      "  ./presage models rollback likelihood-to-repurchase-30d"
    })
final class ModelsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @ParentCommand private PresageCommand presage;

  PresageCommand presage() {
    return presage;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Which action? There are import, list, show, diff, promote, rollback and retire");
  }
}
