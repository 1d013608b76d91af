package dev.presage.features.series;

/**
 * Powers of a half, for exponential decay: the same bits on every machine, and faster than {@link
 * StrictMath#pow}. The exponent is cut into a whole part, 64ths from a table, and a rest for which
 * six terms of the exponential series are exact to 10<sup>-15</sup>.
 */
final class Decay {
  private static final int PARTS = 64;
  private static final double LN2 = 0.6931471805599453;

  /** Of the exponential series; an event multiplies by them, as a division takes much longer. */
  private static final double C2 = 1 / 2.0;

  private static final double C3 = 1 / 6.0;
  private static final double C4 = 1 / 24.0;
  private static final double C5 = 1 / 120.0;
  private static final double C6 = 1 / 720.0;
  private static final double[] TABLE = new double[PARTS];

  static {
    for (int i = 0; i < PARTS; i++) {
      TABLE[i] = StrictMath.pow(2, -i / (double) PARTS);
    }
  }

  private Decay() {}

  /**
   * Returns 2 to the power of {@code -millis / halfLifeMillis}, in [0, 1].
   *
   * @param millis not negative
   */
  static double factor(long millis, long halfLifeMillis) {
    double halvings = (double) millis / halfLifeMillis;
    if (halvings >= 1_000) {
      return 0;
    }
    int whole = (int) halvings;
    double parts = (halvings - whole) * PARTS;
    int part = (int) parts;
    double x = (part - parts) * (LN2 / PARTS);
    double series = 1 + x * (1 + x * (C2 + x * (C3 + x * (C4 + x * (C5 + x * C6)))));
    double ofWhole = Double.longBitsToDouble((long) (1023 - whole) << 52);
    return ofWhole * (TABLE[part] * series);
  }
}
