package dev.presage.features.expression;

/** A property has a value that no event on a topic has: null, say, or an {@code Integer}. */
final class ForeignValueException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ForeignValueException(String property) {
    super("property '" + property + "' is no boolean, long, double or string");
  }
}
