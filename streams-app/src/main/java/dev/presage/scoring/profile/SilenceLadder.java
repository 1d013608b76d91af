package dev.presage.scoring.profile;

import java.time.Duration;
import java.util.List;

/**
 * How long after its newest event a profile that sends nothing is scored again. Immutable.
 *
 * @param rungs from the shortest to the longest; none for no silence at all
 */
public record SilenceLadder(List<Duration> rungs) {
  /** There is no further rung. */
  static final long NO_RUNG = Long.MAX_VALUE;

  /** After 1, 3, 7, 14, 30, 60 and 90 days. */
  public static final SilenceLadder STANDARD =
      new SilenceLadder(List.of(days(1), days(3), days(7), days(14), days(30), days(60), days(90)));

  /** No silence is noticed. */
  public static final SilenceLadder NONE = new SilenceLadder(List.of());

  /**
   * Checks the rungs.
   *
   * @throws IllegalArgumentException when they do not grow, or one is shorter than a minute
   */
  public SilenceLadder {
    rungs = List.copyOf(rungs);
    Duration before = Duration.ofMinutes(1).minusMillis(1);
    for (Duration rung : rungs) {
      if (rung.compareTo(before) <= 0) {
        throw new IllegalArgumentException(
            "The rungs of silence are "
                + rungs
                + "; expected each to be longer than the one before, and the first at least 1 minute");
      }
      before = rung;
    }
  }

  /**
   * The next rung of a profile.
   *
   * @param newestMillis time of its newest event
   * @param afterMillis only what is later counts
   * @return milliseconds since 1970, or {@link #NO_RUNG}
   */
  long next(long newestMillis, long afterMillis) {
    for (int i = 0; i < rungs.size(); i++) {
      long rung = newestMillis + rungs.get(i).toMillis();
      if (rung > afterMillis) {
        return rung;
      }
    }
    return NO_RUNG;
  }

  private static Duration days(int days) {
    return Duration.ofDays(days);
  }
}
