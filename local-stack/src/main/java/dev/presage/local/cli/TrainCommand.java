package dev.presage.local.cli;

import dev.presage.local.console.Console;
import dev.presage.local.console.Progress;
import dev.presage.local.retrainer.QualityTable;
import dev.presage.local.retrainer.RetrainerClient;
import dev.presage.local.retrainer.RunFollower;
import dev.presage.local.retrainer.TrainingRun;
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

  private static final int PROGRESS_UNITS = 1_000;

  @ParentCommand private PresageCommand presage;

  @Mixin private RetrainerOptions retrainers;

  @Parameters(paramLabel = "TRAIT", description = "The trait, as in traits.yaml.")
  private String trait;

  @Override
  public Integer call() {
    Console console = presage.console();
    try (RetrainerClient retrainer = retrainers.connect()) {
      TrainingRun started = retrainer.start(trait);
      console.line("Run " + started.id() + " of " + trait);
      TrainingRun run = follow(console, retrainer, started);
      run.evaluation().ifPresent(it -> QualityTable.lines(it).forEach(console::raw));
      String reason = run.reason().isEmpty() ? "" : ": " + run.reason();
      if (run.isPublished()) {
        console.line("@|bold,green Published|@ model " + run.modelVersion().orElse("") + reason);
        return 0;
      }
      console.error((run.isHeld() ? "No model goes live" : "The run failed") + reason);
      return run.isHeld() ? ExitCode.HELD_BACK : ExitCode.FAILED;
    }
  }

  private static TrainingRun follow(
      Console console, RetrainerClient retrainer, TrainingRun started) {
    try (Progress progress = console.progress("Training", PROGRESS_UNITS)) {
      return new RunFollower(retrainer)
          .follow(
              started.id(),
              run -> progress.at(Math.round(run.progress() * PROGRESS_UNITS), run.step()));
    }
  }
}
