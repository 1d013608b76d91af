package dev.presage.features.state;

/** Guesses how many bits the next number of a list has: a running mean of those before. */
final class LengthContext {
  private static final int PARTS = 16;

  private int sixteenths = -1;

  int expected() {
    return sixteenths < 0 ? 0 : (sixteenths + PARTS / 2) / PARTS;
  }

  void add(int length) {
    sixteenths = sixteenths < 0 ? length * PARTS : (3 * sixteenths + length * PARTS + 2) / 4;
  }

  void clear() {
    sixteenths = -1;
  }
}
