package dev.presage.local.play;

import java.time.Instant;
import java.util.OptionalDouble;

/**
 * What of a file is played, and how fast.
 *
 * @param from the first time of occurrence that is played
 * @param until the first time of occurrence that is not played any more
 * @param eventsPerSecond the rate, positive; empty: as fast as it goes
 * @param onBadLine what happens at a line that cannot become an event
 */
public record PlayOptions(
    Instant from, Instant until, OptionalDouble eventsPerSecond, OnBadLine onBadLine) {

  public PlayOptions {
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException(
          "Nothing lies between from=%s and until=%s".formatted(from, until));
    }
    if (eventsPerSecond.isPresent() && !(eventsPerSecond.getAsDouble() > 0)) {
      throw new IllegalArgumentException(
          "The rate must be positive, got " + eventsPerSecond.getAsDouble());
    }
  }

  /** What happens at a line that cannot become an event. */
  public enum OnBadLine {
    /** It is left out and counted. */
    SKIP,
    /** Playing ends there. */
    STOP
  }

  /** Everything, as fast as it goes; ends at the first bad line. */
  public static PlayOptions everything() {
    return new PlayOptions(Instant.MIN, Instant.MAX, OptionalDouble.empty(), OnBadLine.STOP);
  }

  /** The same for what occurred from a time on. */
  public PlayOptions from(Instant time) {
    return new PlayOptions(time, until, eventsPerSecond, onBadLine);
  }

  /** The same for what occurred before a time. */
  public PlayOptions until(Instant time) {
    return new PlayOptions(from, time, eventsPerSecond, onBadLine);
  }
}
