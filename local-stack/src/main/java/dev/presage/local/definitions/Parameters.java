package dev.presage.local.definitions;

import dev.presage.schemas.yaml.Durations;
import dev.presage.schemas.yaml.YamlObject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a ready-made segmentation. A problem is reported under the key of the
 * parameter, and reading goes on with the default.
 */
final class Parameters {

  private static final Pattern FEATURE = Pattern.compile("[a-z][a-z0-9_]{0,63}");
  private static final Pattern PREDICTED =
      Pattern.compile("(traits|percentiles)\\[(\"[a-z0-9-]+\"|'[a-z0-9-]+')]");
  private static final long MILLIS_OF_DAY = Duration.ofDays(1).toMillis();

  /** Null where no parameters are given: all have their defaults. */
  private final @Nullable YamlObject given;

  Parameters(@Nullable YamlObject given) {
    this.given = given;
  }

  /** What a rule reads: the name of a feature, or a trait or percentile as it is written in CEL. */
  String read(String key, String otherwise) {
    return parsed(
        key,
        otherwise,
        text -> {
          if (!FEATURE.matcher(text).matches() && !PREDICTED.matcher(text).matches()) {
            throw new IllegalArgumentException("nothing that a rule reads");
          }
          return text;
        },
        "the name of a feature such as revenue_lifetime, or traits[\"name\"], or"
            + " percentiles[\"name\"]");
  }

  /** A number from 0 on. */
  BigDecimal amount(String key, String otherwise) {
    return number(key, otherwise, null);
  }

  /** A number from 0 to 1. */
  BigDecimal share(String key, String otherwise) {
    return number(key, otherwise, BigDecimal.ONE);
  }

  /** A number from 0 to 100. */
  BigDecimal percentile(String key, String otherwise) {
    return number(key, otherwise, BigDecimal.valueOf(100));
  }

  /** A duration in days. */
  BigDecimal days(String key, String otherwise) {
    Duration duration =
        parsed(key, Durations.parse(otherwise), Durations::parse, Durations.EXPECTED);
    return BigDecimal.valueOf(duration.toMillis())
        .divide(BigDecimal.valueOf(MILLIS_OF_DAY), MathContext.DECIMAL64);
  }

  /** Whether a parameter is given. */
  boolean has(String key) {
    return given != null && given.has(key);
  }

  /** Reports a problem of a parameter, a phrase that follows its key. */
  void problem(String key, String phrase) {
    if (given != null) {
      given.problem(key, phrase);
    }
  }

  /** Reports amounts that are not in their order. */
  void requireLess(String key, BigDecimal value, String greaterKey, BigDecimal greater) {
    requireOrder(key, value, greaterKey, greater, "");
  }

  /** Reports days that are not in their order. */
  void requireSooner(String key, BigDecimal days, String laterKey, BigDecimal later) {
    requireOrder(key, days, laterKey, later, "d");
  }

  /** Blames the one that is given; the other one may be a default. */
  private void requireOrder(
      String key, BigDecimal value, String greaterKey, BigDecimal greater, String unit) {
    if (value.compareTo(greater) < 0) {
      return;
    }
    if (has(key)) {
      problem(
          key,
          "is %s%s; expected less than %s, which is %s%s"
              .formatted(plain(value), unit, greaterKey, plain(greater), unit));
    } else {
      problem(
          greaterKey,
          "is %s%s; expected more than %s, which is %s%s"
              .formatted(plain(greater), unit, key, plain(value), unit));
    }
  }

  /** A number as it is written in rules. */
  static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private BigDecimal number(String key, String otherwise, @Nullable BigDecimal most) {
    return parsed(
        key,
        new BigDecimal(otherwise),
        text -> {
          BigDecimal value = new BigDecimal(text);
          if (value.signum() < 0 || value.precision() > 20 || Math.abs(value.scale()) > 20) {
            throw new IllegalArgumentException("out of range");
          }
          if (most != null && value.compareTo(most) > 0) {
            throw new IllegalArgumentException("out of range");
          }
          return value;
        },
        most == null ? "a number of at least 0" : "a number from 0 to " + most);
  }

  private <T> T parsed(String key, T otherwise, Function<String, T> parser, String expected) {
    return given == null ? otherwise : given.parsed(key, otherwise, parser, expected);
  }
}
