package dev.presage.local.demo;

import java.time.Duration;

/** Lets through at most so many a second, evenly spread. Used by one thread. */
final class Throttle {

  private final long nanosBetween;
  private long next = Long.MIN_VALUE;
  private long refused;

  Throttle(int perSecond) {
    this.nanosBetween = Duration.ofSeconds(1).toNanos() / perSecond;
  }

  boolean permits() {
    long now = System.nanoTime();
    if (next != Long.MIN_VALUE && now - next < 0) {
      refused++;
      return false;
    }
    next = now + nanosBetween;
    return true;
  }

  /** How many were not let through. */
  long refused() {
    return refused;
  }
}
