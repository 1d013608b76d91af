package dev.presage.features.state;

/** Guesses how many bits the next number of a list has: a running mean of those before. */
final class LengthContext {
  /** The mean is kept in sixteenths. */
  private static final int PARTS = 16;

  private static final int SHIFT = 4;

  private final int first;
  private boolean isFirst = true;
  private int sixteenths;

  /**
   * @param first the length that is expected of the first number
   */
  LengthContext(int first) {
    this.first = first;
    this.sixteenths = first * PARTS;
  }

  int expected() {
    return expected(sixteenths);
  }

  void add(int length) {
    sixteenths = isFirst ? (sixteenths + length * PARTS + 1) >> 1 : meanAfter(sixteenths, length);
    isFirst = false;
  }

  /** Returns the mean in sixteenths, for a loop that keeps it in a variable after the first. */
  int mean() {
    return sixteenths;
  }

  void mean(int newMean) {
    sixteenths = newMean;
  }

  /** What {@link #expected} is for a mean. */
  static int expected(int mean) {
    return (mean + PARTS / 2) >> SHIFT;
  }

  /** What {@link #add} makes of a mean that is not the first. */
  static int meanAfter(int mean, int length) {
    return (3 * mean + length * PARTS + 2) >> 2;
  }

  void clear() {
    sixteenths = first * PARTS;
    isFirst = true;
  }
}
