package dev.presage.retrain.runs;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** A queue that leads, and writes nothing down. */
public final class LeadingQueue {
  private LeadingQueue() {}

  /**
   * Makes one.
   *
   * @param book remembers its runs
   * @param whenOver told of each run that is over
   */
  public static RunQueue of(RunQueue.Trainer trainer, RunBook book, Consumer<RunStatus> whenOver) {
    RunQueue queue = new RunQueue(trainer, () -> 0, book, InstantSource.system(), whenOver);
    queue.lead(RunJournal.NONE, trait -> Optional.empty());
    return queue;
  }
}
