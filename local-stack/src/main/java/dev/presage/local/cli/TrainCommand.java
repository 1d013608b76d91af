package dev.presage.local.cli;

import dev.presage.local.retrainer.RetrainerClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Trains a model now. */
@Command(
    name = "train",
    description = {
      "Starts a training run of a trait, follows it, and prints the evaluation on held-out future.",
      "",
      "The model is published, and goes live, where it beats its baseline and is not worse than the"
          + " model that is live (exit code 0). Where it does not, it is kept as a candidate that"
          + " does not score; where there is not enough history yet, there is none (5).",
      ""
    },
    footer = {"", "Example:", "  ./presage train likelihood-to-repurchase-30d"})
final class TrainCommand implements Callable<Integer> {

  @ParentCommand private PresageCommand presage;

  @Mixin private RetrainerOptions retrainers;

  @Parameters(paramLabel = "TRAIT", description = "The trait, as in traits.yaml.")
  private String trait;

  @Override
  public Integer call() {
    try (RetrainerClient retrainer = retrainers.connect()) {
      return TrainingConversation.hold(presage.console(), retrainer, trait);
    }
  }
}
