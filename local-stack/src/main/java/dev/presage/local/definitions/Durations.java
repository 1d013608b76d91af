package dev.presage.local.definitions;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations as they are written in files: {@code 90m}, {@code 12h}, {@code 30d}. */
final class Durations {

  /** What is taken, for messages. */
  static final String EXPECTED = "a time such as 30d";

  private static final Pattern DURATION = Pattern.compile("([1-9]\\d{0,8})(m|h|d)");

  private Durations() {}

  /**
   * Reads a whole number of minutes, hours or days that is more than 0.
   *
   * @throws IllegalArgumentException for any other text
   */
  static Duration parse(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a duration");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
