package dev.presage.model;

/** How near two numbers must be to count as the same. Nothing is near NaN. */
enum Closeness {
  /** The same double, bit for bit. */
  SAME_BITS {
    @Override
    boolean holds(double expected, double actual) {
      return Double.doubleToLongBits(expected) == Double.doubleToLongBits(actual);
    }
  },
  /** The same float or its neighbour. */
  FLOAT_NEIGHBOUR {
    @Override
    boolean holds(double expected, double actual) {
      float a = (float) expected;
      float b = (float) actual;
      return !Float.isNaN(a) && !Float.isNaN(b) && Math.abs((long) rank(a) - rank(b)) <= 1;
    }
  },
  /** What two ways of adding the same doubles may differ by: relatively 1e-9, or 1e-12. */
  BILLIONTH {
    @Override
    boolean holds(double expected, double actual) {
      return within(expected, actual, 1e-9, 1e-12);
    }
  },
  /** What a float on the way may make of it: relatively 1e-6, or 1e-9. */
  MILLIONTH {
    @Override
    boolean holds(double expected, double actual) {
      return within(expected, actual, 1e-6, 1e-9);
    }
  };

  abstract boolean holds(double expected, double actual);

  private static boolean within(double a, double b, double relative, double absolute) {
    double distance = Math.abs(a - b);
    double allowed = Math.max(absolute, relative * Math.min(Math.abs(a), Math.abs(b)));
    return a == b || (Double.isFinite(distance) && distance <= allowed);
  }

  /** Numbers floats by size, so that neighbours differ by 1. */
  private static int rank(float x) {
    int bits = Float.floatToIntBits(x);
    return bits >= 0 ? bits : Integer.MIN_VALUE - bits;
  }
}
