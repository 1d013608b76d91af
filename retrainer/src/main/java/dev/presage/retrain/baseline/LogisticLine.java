package dev.presage.retrain.baseline;

import org.hipparchus.stat.descriptive.StreamingStatistics;

/**
 * Logistic regression on one variable: Newton's method with halved steps where a whole one would
 * lose, on the standardised variable, with a slight ridge on the slope so that it ends where the
 * classes are separable.
 *
 * @param intercept on the logit scale
 * @param slope on the logit scale, per unit of the variable
 */
record LogisticLine(double intercept, double slope) {
  private static final double RIDGE = 1e-3;
  private static final int MOST_STEPS = 100;
  private static final double SMALLEST_GAIN = 1e-12;

  /**
   * Fits the line.
   *
   * @param x finite values, not all the same
   * @param positive outcomes, both among them
   */
  static LogisticLine fit(double[] x, boolean[] positive) {
    StreamingStatistics moments = new StreamingStatistics();
    for (double value : x) {
      moments.addValue(value);
    }
    double mean = moments.getMean();
    double scale = moments.getStandardDeviation();
    double[] z = new double[x.length];
    for (int row = 0; row < z.length; row++) {
      z[row] = (x[row] - mean) / scale;
    }
    LogisticLine line = new LogisticLine(0, 0);
    double loss = line.loss(z, positive);
    for (int step = 0; step < MOST_STEPS; step++) {
      LogisticLine next = line.improved(z, positive, loss);
      double nextLoss = next.loss(z, positive);
      if (!(nextLoss < loss - SMALLEST_GAIN * z.length)) {
        break;
      }
      line = next;
      loss = nextLoss;
    }
    return new LogisticLine(line.intercept - line.slope * mean / scale, line.slope / scale);
  }

  private LogisticLine improved(double[] z, boolean[] positive, double loss) {
    double gradient0 = 0;
    double gradient1 = RIDGE * slope;
    double hessian00 = 0;
    double hessian01 = 0;
    double hessian11 = RIDGE;
    for (int row = 0; row < z.length; row++) {
      double p = 1 / (1 + Math.exp(-logit(z[row])));
      double error = p - (positive[row] ? 1 : 0);
      double weight = p * (1 - p);
      gradient0 += error;
      gradient1 += error * z[row];
      hessian00 += weight;
      hessian01 += weight * z[row];
      hessian11 += weight * z[row] * z[row];
    }
    double determinant = hessian00 * hessian11 - hessian01 * hessian01;
    double step0 = (hessian11 * gradient0 - hessian01 * gradient1) / determinant;
    double step1 = (hessian00 * gradient1 - hessian01 * gradient0) / determinant;
    for (double share = 1; share > 1e-9; share /= 2) {
      LogisticLine next = new LogisticLine(intercept - share * step0, slope - share * step1);
      if (next.loss(z, positive) < loss) {
        return next;
      }
    }
    return this;
  }

  private double loss(double[] z, boolean[] positive) {
    double sum = RIDGE * slope * slope / 2;
    for (int row = 0; row < z.length; row++) {
      double agreement = positive[row] ? logit(z[row]) : -logit(z[row]);
      // log(1 + exp(-a)) without overflow.
      sum += Math.max(-agreement, 0) + Math.log1p(Math.exp(-Math.abs(agreement)));
    }
    return sum;
  }

  private double logit(double z) {
    return intercept + slope * z;
  }
}
