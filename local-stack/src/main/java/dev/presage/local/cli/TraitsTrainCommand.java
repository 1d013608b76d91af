package dev.presage.local.cli;

import dev.presage.local.retrainer.RetrainerClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Trains a trait now; the same as {@link TrainCommand}. */
@Command(
    name = "train",
    description = {
      "Trains a trait now, follows the run, and prints what came of it: the same as"
          + " './presage train'.",
      ""
    },
    footer = {"", "Example:", "  ./presage traits train orders-again-30d"})
final class TraitsTrainCommand implements Callable<Integer> {

  @ParentCommand private TraitsCommand traits;

  @Mixin private RetrainerOptions retrainers;

  @Parameters(paramLabel = "TRAIT", description = "The trait.")
  private String trait;

  @Option(names = "--json", description = "Start the run and do not wait: the run, as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    try (RetrainerClient retrainer = retrainers.connect()) {
      if (json) {
        traits.presage().console().raw(retrainer.startRun(trait).toString());
        return 0;
      }
      return TrainingConversation.hold(traits.presage().console(), retrainer, trait);
    }
  }
}
