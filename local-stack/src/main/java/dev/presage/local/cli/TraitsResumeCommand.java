package dev.presage.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.presage.local.retrainer.RetrainerClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Wakes a trait. */
@Command(
    name = "resume",
    description = {"Wakes a trait that was put to rest.", ""},
    footer = {"", "Example:", "  ./presage traits resume orders-again-30d"})
final class TraitsResumeCommand implements Callable<Integer> {

  @ParentCommand private TraitsCommand traits;

  @Mixin private RetrainerOptions retrainers;

  @Parameters(paramLabel = "TRAIT", description = "The trait.")
  private String trait;

  @Option(names = "--json", description = "The trait as it is then, as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    try (RetrainerClient retrainer = retrainers.connect()) {
      JsonNode shown = retrainer.resumeTrait(trait);
      TraitChange.report(traits.presage().console(), shown, json);
    }
    return 0;
  }
}
