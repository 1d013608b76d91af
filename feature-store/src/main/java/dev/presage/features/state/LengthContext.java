package dev.presage.features.state;

/** Guesses how many bits the next number of a list has: a running mean of those before. */
final class LengthContext {
  private static final int PARTS = 16;

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
    return (sixteenths + PARTS / 2) / PARTS;
  }

  void add(int length) {
    sixteenths =
        isFirst ? (sixteenths + length * PARTS + 1) / 2 : (3 * sixteenths + length * PARTS + 2) / 4;
    isFirst = false;
  }

  void clear() {
    sixteenths = first * PARTS;
    isFirst = true;
  }
}
