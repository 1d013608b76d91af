package dev.presage.figures;

/**
 * What is measured, and what is asked of it.
 *
 * @param key in the JSON
 * @param meaning for people, at most 40 characters
 * @param unit of the value and the target
 * @param bound on which side of the target it has to be
 * @param target in the unit
 */
public record Figure(String key, String meaning, String unit, Bound bound, double target) {
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

  /** A figure that should be small. */
  public static Figure atMost(double target, String unit, String key, String meaning) {
    return new Figure(key, meaning, unit, Bound.AT_MOST, target);
  }

  /** A figure that should be large. */
  public static Figure atLeast(double target, String unit, String key, String meaning) {
    return new Figure(key, meaning, unit, Bound.AT_LEAST, target);
  }

  /** Says whether a measured value is what is asked. */
  public boolean isMet(double measured) {
    return bound == Bound.AT_MOST ? measured <= target : measured >= target;
  }
}
