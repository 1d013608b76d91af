package dev.presage.features.expression;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What can be written in an expression, each construct as a line of {@code features-reference}. */
public enum Syntax {
  ARITHMETIC(
      "`a + b`, `a - b`, `a * b`, `a / b`, `-a`",
      "arithmetic; every number is a double, so `1 / 2` is 0.5"),
  CHOICE("`c ? a : b`", "a choice"),
  EXTREMES("`min(a, b, …)`, `max(a, b, …)`", "least and greatest; missing if one is", "min", "max"),
  LOG1P("`log1p(a)`", "ln(1 + a)", "log1p"),
  COALESCE("`coalesce(a, b, …)`", "the first that is not missing", "coalesce"),
  COMPARISON(
      "`a < b`, `a <= b`, `a > b`, `a >= b`, `a == b`, `a != b`",
      "comparison; false if one is missing"),
  // A bar would end the cell of a table.
  LOGIC("`c && d`, <code>c &#124;&#124; d</code>, `!c`", "and, or, not"),
  PRESENCE("`has(a)`, `isMissing(a)`", "whether there is a value, or none", "has", "isMissing");

  private final String written;
  private final String means;
  private final String functions;

  Syntax(String written, String means, String... functions) {
    this.written = written;
    this.means = means;
    this.functions = String.join(" ", functions);
  }

  /** Returns how it is written, in Markdown. */
  public String written() {
    return written;
  }

  /** Says in a line of Markdown what it means. */
  public String means() {
    return means;
  }

  /** Returns the names of all functions. */
  static List<String> functions() {
    return Arrays.stream(values())
        .flatMap(it -> Stream.of(it.functions.split(" ")))
        .filter(name -> !name.isEmpty())
        .toList();
  }
}
