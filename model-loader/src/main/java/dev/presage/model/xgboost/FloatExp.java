package dev.presage.model.xgboost;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * {@code expf} as the C libraries of Linux compute it, to the last bit.
 *
 * <p>XGBoost calls the C library, whose {@code expf} is now and then one unit in the last place off
 * the true value; a sigmoid makes two of it. Hence not {@code Math.exp}, but the same algorithm:
 * {@code e^x = 2^(k/32) · 2^(r/32)} with a whole {@code k} and {@code |r| <= 1/2}, the first factor
 * from a table, the second by a cubic polynomial, all in double.
 *
 * <p>Source: Szabolcs Nagy, "New expf, exp2f, logf, log2f and powf" (ARM Optimized Routines, 2017),
 * in glibc since 2.27 and musl since 1.2; the coefficients are the published ones.
 */
final class FloatExp {
  private static final int STEPS_LOG2 = 5;
  private static final int STEPS = 1 << STEPS_LOG2;

  /** Above it the result is beyond the largest float. */
  private static final float OVERFLOW = 0x1.62e42ep6f;

  /** Below it the result is less than half of the smallest float. */
  private static final float UNDERFLOW = -0x1.9fe368p6f;

  private static final double STEPS_PER_LN2 = 0x1.71547652b82fep+0 * STEPS;
  private static final double CUBIC = 0x1.c6af84b912394p-5 / STEPS / STEPS / STEPS;
  private static final double QUADRATIC = 0x1.ebfce50fac4f3p-3 / STEPS / STEPS;
  private static final double LINEAR = 0x1.62e42ff0c52d6p-1 / STEPS;

  private static final double[] ROOTS_OF_TWO = rootsOfTwo();

  private FloatExp() {}

  static float exp(float x) {
    if (x > OVERFLOW) {
      return Float.POSITIVE_INFINITY;
    }
    if (x < UNDERFLOW) {
      return 0;
    }
    double steps = STEPS_PER_LN2 * x;
    double whole = Math.rint(steps);
    double r = steps - whole;
    int k = (int) whole;
    double power = ROOTS_OF_TWO[k & (STEPS - 1)] * powerOfTwo(k >> STEPS_LOG2);
    return (float) (((CUBIC * r + QUADRATIC) * (r * r) + (LINEAR * r + 1)) * power);
  }

  private static double powerOfTwo(int exponent) {
    return Double.longBitsToDouble((long) (Double.MAX_EXPONENT + exponent) << 52);
  }

  /** 2^(i/32), each rounded once. */
  private static double[] rootsOfTwo() {
    MathContext precision = new MathContext(60);
    BigDecimal step = BigDecimal.TWO;
    for (int i = 0; i < STEPS_LOG2; i++) {
      step = step.sqrt(precision);
    }
    double[] roots = new double[STEPS];
    BigDecimal root = BigDecimal.ONE;
    for (int i = 0; i < STEPS; i++) {
      roots[i] = root.doubleValue();
      root = root.multiply(step, precision);
    }
    return roots;
  }
}
