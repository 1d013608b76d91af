package dev.presage.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.presage.local.console.Console;
import dev.presage.local.retrainer.RetrainerClient;
import dev.presage.local.retrainer.TraitTables;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Whether definitions are right, and there is enough data for them. */
@Command(
    name = "check",
    description = {
      "Says whether definitions are right, and whether there is enough data for each: what is there"
          + " of what is needed, and when there will be enough. Nothing is changed.",
      "",
      "Ends with exit code 5 where a definition is right, but there is too little data for it.",
      ""
    },
    footer = {"", "Example:", "  ./presage traits check my-traits.yaml"})
final class TraitsCheckCommand implements Callable<Integer> {

  @ParentCommand private TraitsCommand traits;

  @Mixin private RetrainerOptions retrainers;

  @Mixin private DefinitionFile file;

  @Option(names = "--json", description = "Everything, as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Console console = traits.presage().console();
    String definitions = file.read();
    try (RetrainerClient retrainer = retrainers.connect()) {
      JsonNode checked = retrainer.checkTraits(definitions);
      if (json) {
        console.raw(checked.toString());
      } else {
        TraitTables.checked(checked).forEach(console::raw);
      }
      return TraitTables.isEnough(checked) ? 0 : ExitCode.HELD_BACK;
    }
  }
}
