package dev.presage.features.declaration;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as they are written in declarations: {@code 30m}, {@code 12h}, {@code 7d}. */
final class Durations {
  static final String LIFETIME = "lifetime";
  static final String EXAMPLES = "such as 30m, 12h or 7d, from 1m to 36500d";

  static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,7})([mhd])");
  static final Duration LONGEST = Duration.ofDays(36_500);

  private Durations() {}

  static Optional<Duration> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    Duration duration =
        switch (matcher.group(2)) {
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        };
    return duration.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(duration);
  }

  /** Writes a duration in the largest unit that fits. */
  static String text(Duration duration) {
    long minutes = duration.toMinutes();
    if (minutes % (24 * 60) == 0) {
      return minutes / (24 * 60) + "d";
    }
    return minutes % 60 == 0 ? minutes / 60 + "h" : minutes + "m";
  }
}
