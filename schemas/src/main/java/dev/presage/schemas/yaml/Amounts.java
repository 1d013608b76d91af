package dev.presage.schemas.yaml;

import java.time.Duration;

/** Numbers and times as definitions write them. */
public final class Amounts {

  private Amounts() {}

  /** A number from 0 to the given one. */
  public static double number(YamlObject object, String key, double otherwise, double most) {
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
  public static Duration duration(YamlObject object, String key, Duration otherwise) {
    return object.parsed(key, otherwise, Durations::parse, Durations.EXPECTED);
  }

  /** A time that must be there. */
  public static Duration duration(YamlObject object, String key) {
    if (!object.has(key)) {
      object.problem(key, "is missing");
    }
    return duration(object, key, Duration.ofDays(1));
  }
}
