package dev.presage.scoring.trigger;

import java.time.Duration;

/** Durations as definitions write them. */
final class Durations {
  private Durations() {}

  /** In the largest unit of days, hours, minutes, seconds and milliseconds that is exact. */
  static String of(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 86_400_000 == 0) {
      return millis / 86_400_000 + "d";
    }
    if (millis % 3_600_000 == 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis % 60_000 == 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }

  static String ofMillis(long millis) {
    return of(Duration.ofMillis(millis));
  }
}
