package dev.presage.local.retrainer;

import dev.presage.local.connection.UnreachableException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Follows a training run to its end. */
public final class RunFollower {

  private static final Duration EVERY = Duration.ofMillis(100);

  private final RetrainerClient retrainer;

  public RunFollower(RetrainerClient retrainer) {
    this.retrainer = retrainer;
  }

  /**
   * Waits until a run is over.
   *
   * @param seen told how the run is, again and again; may throw to give up
   * @return the run when it was over
   * @throws UnreachableException when the retrainer answers no more, or the thread is interrupted
   */
  public TrainingRun follow(String id, Consumer<TrainingRun> seen) {
    while (true) {
      TrainingRun run = retrainer.run(id);
      seen.accept(run);
      if (run.isOver()) {
        return run;
      }
      LockSupport.parkNanos(EVERY.toNanos());
    }
  }
}
