package dev.presage.local.cli;

import dev.presage.local.console.Console;
import dev.presage.local.console.Progress;
import dev.presage.local.retrainer.QualityTable;
import dev.presage.local.retrainer.RetrainerClient;
import dev.presage.local.retrainer.RunFollower;
import dev.presage.local.retrainer.TrainingRun;

/** A training run that a person waits for. */
final class TrainingConversation {

  private static final int PROGRESS_UNITS = 1_000;

  private TrainingConversation() {}

  /**
   * Starts a run of a trait, or finds the one under way, follows it, prints what came of it, and
   * returns the exit code.
   */
  static int hold(Console console, RetrainerClient retrainer, String trait) {
    TrainingRun started = retrainer.startOrJoin(trait);
    console.line("Run " + started.id() + " of " + trait);
    TrainingRun run = follow(console, retrainer, started);
    run.evaluation().ifPresent(it -> QualityTable.lines(it).forEach(console::raw));
    String reason = run.reason().isEmpty() ? "" : ": " + run.reason();
    if (run.isPublished()) {
      console.line("@|bold,green Published|@ model " + run.modelVersion().orElse("") + reason);
      return 0;
    }
    console.error(
        (run.isHeld()
                ? "No model goes live"
                : run.isCancelled() ? "The run was ended" : "The run failed")
            + reason);
    return run.isHeld() ? ExitCode.HELD_BACK : ExitCode.FAILED;
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
