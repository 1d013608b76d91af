package dev.presage.features.expression;

/** What a part of a condition on an event comes to. */
enum Kind {
  FALSE,
  TRUE,
  /** A number in {@link Registers#integer}. */
  INTEGER,
  /** A number in {@link Registers#real}. */
  DOUBLE,
  /** A string in {@link Registers#text}. */
  STRING,
  NULL,
  /** It cannot be evaluated: a property is absent or has another type, or a number overflows. */
  ERROR;

  static Kind of(boolean truth) {
    return truth ? TRUE : FALSE;
  }
}
