package dev.presage.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.presage.local.console.Console;
import dev.presage.local.retrainer.RetrainerClient;
import dev.presage.local.retrainer.TraitTables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Creates traits. */
@Command(
    name = "create",
    description = {
      "Creates the traits that a file defines. Where one of them is wrong, or there is one of its"
          + " name already, nothing is changed.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  ./presage traits create my-traits.yaml",
      "  ./presage traits create my-traits.yaml --replace"
    })
final class TraitsCreateCommand implements Callable<Integer> {

  @ParentCommand private TraitsCommand traits;

  @Mixin private RetrainerOptions retrainers;

  @Mixin private DefinitionFile file;

  @Option(
      names = "--replace",
      description = "Replace traits of the same names. Their models stay until they are trained.")
  private boolean replace;

  @Option(names = "--json", description = "Everything, a line of JSON for each trait.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Console console = traits.presage().console();
    String definitions = file.read();
    try (RetrainerClient retrainer = retrainers.connect()) {
      List<JsonNode> written = new ArrayList<>();
      (replace ? retrainer.replaceTraits(definitions) : retrainer.createTraits(definitions))
          .forEach(written::add);
      if (json) {
        written.forEach(it -> console.raw(it.toString()));
        return 0;
      }
      TraitTables.list(written).forEach(console::raw);
      console.raw("");
      console.raw(
          "Train one with './presage traits train %s'"
              .formatted(written.getFirst().path("trait").asText()));
    }
    return 0;
  }
}
