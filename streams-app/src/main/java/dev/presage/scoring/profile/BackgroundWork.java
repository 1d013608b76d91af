package dev.presage.scoring.profile;

import java.time.Duration;

/**
 * When and for how long a partition does what no event asks for: profiles that fell silent, and the
 * sweep after a change of the rules.
 *
 * @param clockMode what moves the time of a partition
 * @param idle of {@link ClockMode#WALL}: how long a partition has to be without records before the
 *     wall clock moves its time
 * @param interval between two pieces of work, by the wall clock
 * @param share of a stream thread's time that it may take, in (0, 1]
 */
public record BackgroundWork(ClockMode clockMode, Duration idle, Duration interval, double share) {
  /** Idle after a minute; a fifth of the time, ten times a second. */
  public static final BackgroundWork STANDARD =
      new BackgroundWork(ClockMode.WALL, Duration.ofMinutes(1), Duration.ofMillis(100), 0.2);

  /** What moves the time of a partition. */
  public enum ClockMode {
    /** Events, and the wall clock while none come. */
    WALL,
    /** Events alone: for replays of the past. */
    EVENTS
  }

  /** How long one piece of work may take. */
  long budgetNanos() {
    return (long) (interval.toNanos() * share);
  }
}
