package dev.presage.local.play;

import java.util.Locale;

/** The type of a property of an event. */
public enum PropertyType {
  STRING("a text") {
    @Override
    Object parse(String text) {
      return text;
    }
  },
  DOUBLE("a finite number such as 12.5") {
    @Override
    Object parse(String text) {
      double value = Double.parseDouble(text);
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("not finite");
      }
      return value;
    }
  },
  LONG("a whole number") {
    @Override
    Object parse(String text) {
      return Long.valueOf(text);
    }
  },
  BOOLEAN("true or false") {
    @Override
    Object parse(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new IllegalArgumentException("neither true nor false");
      };
    }
  };

  private final String expected;

  PropertyType(String expected) {
    this.expected = expected;
  }

  /** What a text of this type looks like. */
  String expected() {
    return expected;
  }

  /**
   * The value of a text.
   *
   * @throws IllegalArgumentException when the text is not of this type
   */
  abstract Object parse(String text);
}
