package dev.presage.scoring.profile;

import java.util.function.BooleanSupplier;

/**
 * Time for some work: at least one step, however short it is, so that the work comes to its end.
 */
final class Turn implements BooleanSupplier {
  private final long endNanos;
  private boolean begun;

  Turn(long nanos) {
    this.endNanos = System.nanoTime() + nanos;
  }

  /** Whether there is time for another step. */
  @Override
  public boolean getAsBoolean() {
    boolean isFirst = !begun;
    begun = true;
    return isFirst || System.nanoTime() - endNanos < 0;
  }
}
