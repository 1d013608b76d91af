package dev.presage.retrain.report;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers as texts, the same whatever the locale. */
final class Numbers {
  static final String NONE = "–";

  private Numbers() {}

  static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Four decimals, or whole where it counts something; a dash where there is none. */
  static String of(@Nullable Double number) {
    if (number == null || !Double.isFinite(number)) {
      return NONE;
    }
    return number == Math.rint(number) && Math.abs(number) >= 10
        ? grouped(number.longValue())
        : String.format(Locale.ROOT, "%.4f", number);
  }

  /** With the interval of 95%, where that is known. */
  static String of(@Nullable Double value, @Nullable Double low, @Nullable Double high) {
    return value == null || low == null || high == null
        ? of(value)
        : "%s (%s to %s)".formatted(of(value), of(low), of(high));
  }

  /** A figure of an artefact's metrics. */
  static String of(Map<String, Double> metrics, String key) {
    return of(metrics.get(key), metrics.get(key + ".low"), metrics.get(key + ".high"));
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.3g%%", share * 100);
  }
}
