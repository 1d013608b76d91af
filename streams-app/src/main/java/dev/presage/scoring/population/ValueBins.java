package dev.presage.scoring.population;

/**
 * Bins of about equal relative width on either side of 0: each power of two from 2^-10 to 2^40 is
 * divided into 64, so that a bin is at most 1/64 as wide as its values are large. What is nearer to
 * 0 is in one bin, what is larger in another.
 *
 * <p>The bin is read off the bits of the number: its exponent and the first 6 bits after it.
 */
final class ValueBins implements Bins {
  static final ValueBins STANDARD = new ValueBins();

  static final String NAME = "logarithmic 2^-10 to 2^40 by 1/64";

  /** The smallest size that has a bin other than that of 0, as a power of two. */
  static final int SMALLEST_EXPONENT = -10;

  /** The size from which on all values share a bin, as a power of two. */
  static final int LARGEST_EXPONENT = 40;

  private static final int BITS = 6;
  private static final int SHIFT = 52 - BITS;
  private static final long FIRST = prefix(Math.scalb(1.0, SMALLEST_EXPONENT));

  /** Bins above 0, the last of which has no end. */
  private static final int SIDE = ((LARGEST_EXPONENT - SMALLEST_EXPONENT) << BITS) + 1;

  private ValueBins() {}

  private static long prefix(double size) {
    return Double.doubleToRawLongBits(size) >>> SHIFT;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int count() {
    return 2 * SIDE + 1;
  }

  @Override
  public int bin(double value) {
    long above = Math.clamp(prefix(Math.abs(value)) - FIRST + 1, 0L, (long) SIDE);
    return (int) (value < 0 ? SIDE - above : SIDE + above);
  }

  @Override
  public double from(int bin) {
    if (bin <= 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (bin > SIDE) {
      return edge(bin - SIDE - 1);
    }
    // Below 0 the bins go the other way: the lower end is that of the larger size.
    return -edge(SIDE - bin);
  }

  /** The smallest size of a bin beyond that of 0, from 0. */
  private static double edge(int beyond) {
    return Double.longBitsToDouble((FIRST + beyond) << SHIFT);
  }
}
