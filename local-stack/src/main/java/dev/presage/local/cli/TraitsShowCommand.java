package dev.presage.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.presage.local.console.Console;
import dev.presage.local.retrainer.RetrainerClient;
import dev.presage.local.retrainer.TraitTables;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** All about a trait. */
@Command(
    name = "show",
    description = {
      "Shows a trait: its state and why it is in it, its last training run, its definition.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  ./presage traits show orders-again-30d",
      "  ./presage traits show orders-again-30d --data"
    })
final class TraitsShowCommand implements Callable<Integer> {

  @ParentCommand private TraitsCommand traits;

  @Mixin private RetrainerOptions retrainers;

  @Parameters(paramLabel = "TRAIT", description = "The trait.")
  private String trait;

  @Option(names = "--data", description = "Say whether there is enough data, too.")
  private boolean data;

  @Option(names = "--json", description = "Everything, as JSON; with --data two lines of it.")
  private boolean json;

  @Override
  public Integer call() {
    Console console = traits.presage().console();
    try (RetrainerClient retrainer = retrainers.connect()) {
      JsonNode shown = retrainer.trait(trait);
      if (json) {
        console.raw(shown.toString());
      } else {
        TraitTables.show(shown).forEach(console::raw);
      }
      if (data) {
        JsonNode found = retrainer.traitData(trait);
        if (json) {
          console.raw(found.toString());
        } else {
          console.raw("");
          TraitTables.data(found).forEach(console::raw);
        }
      }
    }
    return 0;
  }
}
