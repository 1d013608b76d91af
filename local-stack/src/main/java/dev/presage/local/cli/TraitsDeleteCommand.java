package dev.presage.local.cli;

import dev.presage.local.console.Console;
import dev.presage.local.retrainer.RetrainerClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Deletes a trait. */
@Command(
    name = "delete",
    description = {
      "Deletes the definition of a trait. Nobody is scored by it any more; its models, and values"
          + " that are published, stay where they are.",
      ""
    },
    footer = {"", "Example:", "  ./presage traits delete orders-again-30d"})
final class TraitsDeleteCommand implements Callable<Integer> {

  @ParentCommand private TraitsCommand traits;

  @Mixin private RetrainerOptions retrainers;

  @Parameters(paramLabel = "TRAIT", description = "The trait.")
  private String trait;

  @Option(names = "--json", description = "The trait as it was, as JSON: send it to have it back.")
  private boolean json;

  @Override
  public Integer call() {
    Console console = traits.presage().console();
    try (RetrainerClient retrainer = retrainers.connect()) {
      String was = retrainer.trait(trait).path("definition").toString();
      retrainer.deleteTrait(trait);
      console.raw(json ? was : trait + " is deleted; its models and published values stay");
    }
    return 0;
  }
}
