package dev.presage.retrain.runs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Ends a run that takes too long. What a run does never depends on how long it took: it is done
 * whole, or fails.
 */
final class Deadline {
  private final InstantSource clock;
  private final Duration longest;
  private final Instant start;

  Deadline(InstantSource clock, Duration longest) {
    this.clock = clock;
    this.longest = longest;
    this.start = clock.instant();
  }

  /** Passes progress on. */
  RunProgress on(RunProgress progress) {
    return (state, step, done) -> {
      check(step);
      progress.report(state, step, done);
    };
  }

  private void check(String step) {
    Duration taken = Duration.between(start, clock.instant());
    if (taken.compareTo(longest) > 0) {
      throw new RunTooLongException(
          "The run took %s, the longest that is allowed is %s; it was at: %s. Allow more (presage.training.longest), or lower presage.rows.most or presage.training.work"
              .formatted(taken, longest, step));
    }
  }

  /** A run took too long. */
  static final class RunTooLongException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RunTooLongException(String message) {
      super(message);
    }
  }
}
