package dev.presage.model.calibration;

import java.util.Arrays;

/** A function that never falls. */
sealed interface Curve {
  double at(double s);

  /**
   * Platt's sigmoid, {@code 1 / (1 + exp(−(intercept + slope · s)))}.
   *
   * <p>Source: John Platt, "Probabilistic outputs for support vector machines" (1999).
   */
  record Platt(double intercept, double slope) implements Curve {
    @Override
    public double at(double s) {
      return 1 / (1 + Math.exp(-(intercept + slope * s)));
    }
  }

  /** Lines between knots, level before the first and after the last. */
  final class Isotonic implements Curve {
    private final double[] x;
    private final double[] y;

    /**
     * @param x ascending
     * @param y not descending, as many
     */
    Isotonic(double[] x, double[] y) {
      this.x = x.clone();
      this.y = y.clone();
    }

    @Override
    public double at(double s) {
      if (Double.isNaN(s)) {
        return s;
      }
      int found = Arrays.binarySearch(x, s);
      if (found >= 0) {
        return y[found];
      }
      int after = ~found;
      if (after == 0) {
        return y[0];
      }
      if (after == x.length) {
        return y[after - 1];
      }
      double share = (s - x[after - 1]) / (x[after] - x[after - 1]);
      return y[after - 1] + share * (y[after] - y[after - 1]);
    }
  }
}
