package dev.presage.local.play;

import java.util.OptionalDouble;
import java.util.concurrent.locks.LockSupport;

/** Holds a loop to a rate: the n-th turn is due n / rate after the first. */
final class Pace {

  private static final double NANOS_PER_SECOND = 1e9;

  private final double nanosPerTurn;
  private final long start = System.nanoTime();
  private long turns;

  Pace(OptionalDouble turnsPerSecond) {
    this.nanosPerTurn =
        turnsPerSecond.isPresent() ? NANOS_PER_SECOND / turnsPerSecond.getAsDouble() : 0;
  }

  /** Waits until the next turn is due. Ends early when the thread is interrupted. */
  void await() {
    long due = start + (long) (turns * nanosPerTurn);
    turns++;
    if (nanosPerTurn == 0) {
      return;
    }
    for (long left = due - System.nanoTime();
        left > 0 && !Thread.currentThread().isInterrupted();
        left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
