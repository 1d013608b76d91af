package dev.presage.figures;

import org.jspecify.annotations.Nullable;

/**
 * What is measured, and what is asked of it.
 *
 * @param key in the JSON
 * @param meaning for people, at most 40 characters
 * @param unit of the value and the target
 * @param target what is asked; null of a figure that is there to be read beside others
 */
public record Figure(String key, String meaning, String unit, @Nullable Target target) {
  /** On which side of the target a figure has to be. */
  public enum Bound {
    AT_MOST("at most"),
    AT_LEAST("at least");

    private final String words;

    Bound(String words) {
      this.words = words;
    }

    /** Returns it for people. */
    public String words() {
      return words;
    }
  }

  /**
   * What is asked of a figure.
   *
   * @param value in the unit of the figure
   */
  public record Target(Bound bound, double value) {
    /** Says whether a measured value is what is asked. */
    public boolean isMet(double measured) {
      return bound == Bound.AT_MOST ? measured <= value : measured >= value;
    }
  }

  /** A figure that should be small. */
  public static Figure atMost(double target, String unit, String key, String meaning) {
    return new Figure(key, meaning, unit, new Target(Bound.AT_MOST, target));
  }

  /** A figure that should be large. */
  public static Figure atLeast(double target, String unit, String key, String meaning) {
    return new Figure(key, meaning, unit, new Target(Bound.AT_LEAST, target));
  }

  /** A figure of which nothing is asked. */
  public static Figure plain(String unit, String key, String meaning) {
    return new Figure(key, meaning, unit, null);
  }
}
