package dev.presage.local.definitions;

import dev.presage.local.yaml.YamlObject;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers and times as definitions write them. */
final class Amounts {

  private static final Pattern DURATION = Pattern.compile("([1-9]\\d{0,8})(m|h|d)");

  private Amounts() {}

  /** A number from 0 to the given one. */
  static double number(YamlObject object, String key, double otherwise, double most) {
    return object.parsed(
        key,
        otherwise,
        text -> {
          double value = Double.parseDouble(text);
          if (!(value >= 0 && value <= most)) {
            throw new IllegalArgumentException("out of range");
          }
          return value;
        },
        most == 1 ? "a number from 0 to 1" : "a number of at least 0");
  }

  /** A time such as 30d, 12h or 15m. */
  static Duration duration(YamlObject object, String key, Duration otherwise) {
    return object.parsed(key, otherwise, Amounts::duration, "a time such as 30d");
  }

  /** A time that must be there. */
  static Duration duration(YamlObject object, String key) {
    if (!object.has(key)) {
      object.problem(key, "is missing");
    }
    return duration(object, key, Duration.ofDays(1));
  }

  private static Duration duration(String text) {
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
