package dev.presage.model.contribution;

/**
 * Gauss–Legendre quadrature over [0, 1]: with {@code n} points the integral of a polynomial of
 * degree below {@code 2n} is exact.
 */
final class Quadrature {
  private static final int MOST_STEPS = 100;
  private static final double NEAR = 1e-15;

  private final double[] points;
  private final double[] weights;

  private Quadrature(double[] points, double[] weights) {
    this.points = points;
    this.weights = weights;
  }

  int size() {
    return points.length;
  }

  /** Where the polynomial is evaluated: above 0 and below 1. */
  double point(int i) {
    return points[i];
  }

  /** The weight of a point; they sum to 1. */
  double weight(int i) {
    return weights[i];
  }

  /** Finds the roots of the Legendre polynomial by Newton's method. */
  static Quadrature of(int count) {
    double[] points = new double[count];
    double[] weights = new double[count];
    for (int i = 0; i < count; i++) {
      double x = Math.cos(Math.PI * (i + 0.75) / (count + 0.5));
      double slope = slope(count, x);
      for (int step = 0; step < MOST_STEPS; step++) {
        double move = legendre(count, x) / slope;
        x -= move;
        slope = slope(count, x);
        if (Math.abs(move) < NEAR) {
          break;
        }
      }
      points[i] = (1 + x) / 2;
      weights[i] = 1 / ((1 - x * x) * slope * slope);
    }
    return new Quadrature(points, weights);
  }

  private static double slope(int degree, double x) {
    return degree * (x * legendre(degree, x) - legendre(degree - 1, x)) / (x * x - 1);
  }

  private static double legendre(int degree, double x) {
    double before = 1;
    double value = degree == 0 ? 1 : x;
    for (int i = 2; i <= degree; i++) {
      double next = ((2 * i - 1) * x * value - (i - 1) * before) / i;
      before = value;
      value = next;
    }
    return value;
  }
}
