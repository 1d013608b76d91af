package dev.presage.schemas.yaml;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations as they are written in files: {@code 90m}, {@code 12h}, {@code 30d}. */
public final class Durations {

  /** What is taken, for messages. */
  public static final String EXPECTED = "a time such as 30d";

  private static final Pattern DURATION = Pattern.compile("([1-9]\\d{0,8})(m|h|d)");

  private Durations() {}

  /**
   * Reads a whole number of minutes, hours or days that is more than 0.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static Duration parse(String text) {
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

  /**
   * Writes a duration as {@link #parse} reads it, in the largest unit; ISO 8601 where none fits.
   */
  public static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis <= 0 || millis % Duration.ofMinutes(1).toMillis() != 0) {
      return duration.toString();
    }
    long minutes = duration.toMinutes();
    if (minutes % (24 * 60) == 0) {
      return minutes / (24 * 60) + "d";
    }
    return minutes % 60 == 0 ? minutes / 60 + "h" : minutes + "m";
  }
}
