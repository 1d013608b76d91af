package dev.presage.local.explain;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers for people. */
final class Figures {

  private static final MathContext SHORT = new MathContext(6);
  private static final double LONGEST_PLAIN = 1e15;
  private static final double LEAST_PLAIN = 1e-6;

  private Figures() {}

  /** A value in six digits; whole numbers whole. */
  static String rounded(JsonNode value) {
    return text(value, false);
  }

  /** A value with all its digits. */
  static String exact(JsonNode value) {
    return text(value, true);
  }

  /** {@code 1 event}, {@code 8,412 events}. */
  static String counted(long number, String one) {
    return String.format(Locale.ROOT, "%,d %s%s", number, one, number == 1 ? "" : "s");
  }

  private static String text(JsonNode value, boolean allDigits) {
    if (!value.isNumber()) {
      return "missing";
    }
    double number = value.asDouble();
    double size = Math.abs(number);
    if (number == 0) {
      return "0";
    }
    if (size >= LONGEST_PLAIN || size < LEAST_PLAIN) {
      return allDigits ? Double.toString(number) : String.format(Locale.ROOT, "%.5e", number);
    }
    boolean isWhole = number == Math.rint(number);
    BigDecimal decimal = BigDecimal.valueOf(number);
    return (allDigits || isWhole ? decimal : decimal.round(SHORT))
        .stripTrailingZeros()
        .toPlainString();
  }
}
