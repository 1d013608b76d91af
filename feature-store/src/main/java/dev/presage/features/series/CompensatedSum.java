package dev.presage.features.series;

/**
 * The rounding error of an addition, exactly, after D. E. Knuth, The Art of Computer Programming,
 * volume 2, section 4.2.2, theorem B.
 */
final class CompensatedSum {
  private CompensatedSum() {}

  /**
   * Returns {@code a + b - rounded}, where {@code rounded} is the double nearest to {@code a + b}.
   */
  static double error(double a, double b, double rounded) {
    double ofB = rounded - a;
    return (a - (rounded - ofB)) + (b - ofB);
  }
}
