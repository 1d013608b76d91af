package dev.presage.features.series;

/**
 * Sums that stay right over millions of values.
 *
 * <p>The rounding error of an addition is had exactly, after D. E. Knuth, The Art of Computer
 * Programming, volume 2, section 4.2.2, theorem B.
 */
final class CompensatedSum {
  /** Below this, neighbouring hundredths are farther apart than what is taken for rounding. */
  private static final double LARGEST_DECIMAL = 1e12;

  private CompensatedSum() {}

  /**
   * Returns {@code a + b - rounded}, where {@code rounded} is the double nearest to {@code a + b}.
   */
  static double error(double a, double b, double rounded) {
    double ofB = rounded - a;
    return (a - (rounded - ofB)) + (b - ofB);
  }

  /**
   * Returns the hundredth that a sum stands for, where it is within rounding of one: amounts of
   * money add up to amounts of money, and are stored in a few bytes.
   */
  static double decimal(double sum) {
    if (Math.abs(sum) < LARGEST_DECIMAL) {
      double hundredth = Math.rint(sum * 100) / 100;
      if (Math.abs(hundredth - sum) <= 4 * Math.ulp(sum)) {
        return hundredth;
      }
    }
    return sum;
  }
}
