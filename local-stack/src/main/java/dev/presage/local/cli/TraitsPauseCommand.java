package dev.presage.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.presage.local.retrainer.RetrainerClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Puts a trait to rest. */
@Command(
    name = "pause",
    description = {
      "Puts a trait to rest: nobody is scored by it and nothing is trained. Values that are published stay.",
      ""
    },
    footer = {"", "Example:", "  ./presage traits pause orders-again-30d"})
final class TraitsPauseCommand implements Callable<Integer> {

  @ParentCommand private TraitsCommand traits;

  @Mixin private RetrainerOptions retrainers;

  @Parameters(paramLabel = "TRAIT", description = "The trait.")
  private String trait;

  @Option(names = "--json", description = "The trait as it is then, as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    try (RetrainerClient retrainer = retrainers.connect()) {
      JsonNode shown = retrainer.pauseTrait(trait);
      TraitChange.report(traits.presage().console(), shown, json);
    }
    return 0;
  }
}
