package dev.presage.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.presage.local.console.Console;
import dev.presage.local.retrainer.RetrainerClient;
import dev.presage.local.retrainer.TraitTables;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Which traits there are. */
@Command(
    name = "list",
    description = {"Lists the traits: the state of each, and the model that scores it.", ""},
    footer = {"", "Example:", "  ./presage traits list"})
final class TraitsListCommand implements Callable<Integer> {

  @ParentCommand private TraitsCommand traits;

  @Mixin private RetrainerOptions retrainers;

  @Option(names = "--json", description = "Everything, a line of JSON for each trait.")
  private boolean json;

  @Override
  public Integer call() {
    Console console = traits.presage().console();
    try (RetrainerClient retrainer = retrainers.connect()) {
      List<JsonNode> all = retrainer.traits();
      if (json) {
        all.forEach(it -> console.raw(it.toString()));
      } else {
        TraitTables.list(all).forEach(console::raw);
      }
    }
    return 0;
  }
}
