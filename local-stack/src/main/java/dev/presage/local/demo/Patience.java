package dev.presage.local.demo;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for something, while everything runs.
 *
 * @param limit how long at most
 * @param check called again and again; throws when waiting has become vain
 */
public record Patience(Duration limit, Runnable check) {

  private static final long EVERY_NANOS = Duration.ofMillis(20).toNanos();

  /**
   * Waits.
   *
   * @param what what is waited for, for the message
   * @throws DemoException when it does not come about in time or the thread is interrupted
   */
  public void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      check.run();
      if (Thread.currentThread().isInterrupted()) {
        throw new DemoException("Interrupted while waiting until " + what);
      }
      if (System.nanoTime() > deadline) {
        throw new DemoException(
            "Waited %d seconds in vain until %s; the logs say more"
                .formatted(limit.toSeconds(), what));
      }
      LockSupport.parkNanos(EVERY_NANOS);
    }
  }
}
