package dev.presage.retrain.evaluation;

/**
 * Logistic regression of outcomes on the logits of their scores, without a penalty: what a score
 * should have been is 1 / (1 + exp(-(intercept + slope * logit))).
 *
 * <p>It is fitted once, by Newton's method with halved steps where a whole one would lose. Under
 * other weights it takes one step of Newton's from there, which needs no exponentials: for the
 * bootstrap the first step is as good as all of them up to terms of the order of one over the
 * number of rows (Schucany and Wang, 1991).
 */
final class Recalibration {
  private static final int MOST_STEPS = 60;
  private static final double CLOSE_ENOUGH = 1e-9;
  private static final double LEAST_SHARE = 1e-9;

  /** Of the determinant beside the product of the diagonal: below, there is one logit only. */
  private static final double LEAST_DETERMINANT = 1e-12;

  private final double[] logits;

  /** The intercept and the slope; NaN where there is no best one. */
  private double intercept;

  private double slope = 1;

  /** Of each row under the fit: outcome less probability, and the variance of the outcome. */
  private final double[] residuals;

  private final double[] variances;

  /** What {@link #solve} found. */
  private double interceptStep;

  private double slopeStep;

  /**
   * Fits the regression.
   *
   * @param logits finite
   * @param positive 1 or 0, row by row
   */
  Recalibration(double[] logits, double[] positive, double[] weights) {
    this.logits = logits;
    this.residuals = new double[logits.length];
    this.variances = new double[logits.length];
    double loss = loss(positive, weights, intercept, slope);
    for (int step = 0; step < MOST_STEPS; step++) {
      evaluate(positive);
      if (!solve(weights)) {
        break;
      }
      if (Math.abs(interceptStep) + Math.abs(slopeStep)
          < CLOSE_ENOUGH * (1 + Math.abs(intercept) + Math.abs(slope))) {
        return;
      }
      double share = 1;
      double next = loss(positive, weights, intercept + interceptStep, slope + slopeStep);
      while (!(next <= loss) && share > LEAST_SHARE) {
        share /= 2;
        next =
            loss(positive, weights, intercept + share * interceptStep, slope + share * slopeStep);
      }
      if (!(next <= loss) || (share < 1 && next >= loss)) {
        // No step gains anything that can be told from rounding, or only one so short that it moves
        // nothing: this is the best.
        return;
      }
      intercept += share * interceptStep;
      slope += share * slopeStep;
      loss = next;
    }
    // One logit only, or outcomes that are separated: the slope grows without end.
    intercept = Double.NaN;
    slope = Double.NaN;
  }

  /**
   * Writes the slope, then the intercept, under other weights of the same rows.
   *
   * @param target written from {@code at} on; NaN where there is no best line
   */
  void write(double[] weights, double[] target, int at) {
    boolean solved = !Double.isNaN(slope) && solve(weights);
    target[at] = solved ? slope + slopeStep : Double.NaN;
    target[at + 1] = solved ? intercept + interceptStep : Double.NaN;
  }

  private void evaluate(double[] positive) {
    for (int row = 0; row < logits.length; row++) {
      double p = 1 / (1 + Math.exp(-(intercept + slope * logits[row])));
      residuals[row] = positive[row] - p;
      variances[row] = p * (1 - p);
    }
  }

  private boolean solve(double[] weights) {
    double gradient0 = 0;
    double gradient1 = 0;
    double hessian00 = 0;
    double hessian01 = 0;
    double hessian11 = 0;
    for (int row = 0; row < logits.length; row++) {
      double logit = logits[row];
      double residual = weights[row] * residuals[row];
      double variance = weights[row] * variances[row];
      gradient0 += residual;
      gradient1 += residual * logit;
      hessian00 += variance;
      hessian01 += variance * logit;
      hessian11 += variance * logit * logit;
    }
    double determinant = hessian00 * hessian11 - hessian01 * hessian01;
    if (!(determinant > LEAST_DETERMINANT * hessian00 * hessian11)) {
      return false;
    }
    interceptStep = (hessian11 * gradient0 - hessian01 * gradient1) / determinant;
    slopeStep = (hessian00 * gradient1 - hessian01 * gradient0) / determinant;
    return true;
  }

  private double loss(double[] positive, double[] weights, double at, double along) {
    double sum = 0;
    for (int row = 0; row < logits.length; row++) {
      double logit = at + along * logits[row];
      double agreement = positive[row] > 0 ? logit : -logit;
      // log(1 + exp(-a)) without overflow.
      sum += weights[row] * (Math.max(-agreement, 0) + Math.log1p(Math.exp(-Math.abs(agreement))));
    }
    return sum;
  }
}
