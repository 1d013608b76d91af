package dev.presage.retrain.regression;

import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;

/**
 * Weighted regression of a loss's margin with a ridge on the slopes: Newton's method, that is,
 * iteratively reweighted least squares, with halved steps where a whole one would lose. With a
 * positive ridge it ends also where two classes are separable.
 *
 * <p>Source: Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning" (2009), 4.4.
 */
public final class LinkedRegression {
  private static final int MOST_STEPS = 50;
  private static final double SMALLEST_SHARE = 1e-9;

  /** Of the mean loss; below it a step is not worth the next. */
  private static final double SMALLEST_GAIN = 1e-10;

  private final double[][] rows;
  private final Loss loss;
  private final double[] labels;
  private final double[] weights;
  private final double total;

  /**
   * Takes the rows, which are not copied.
   *
   * @param rows {@code double[rows][variables]}, finite, best of a common scale
   * @param labels what happened, row by row
   * @param weights positive, row by row
   * @throws IllegalArgumentException when the lengths differ or there are no rows
   */
  public LinkedRegression(Loss loss, double[][] rows, double[] labels, double[] weights) {
    if (rows.length == 0 || rows.length != labels.length || rows.length != weights.length) {
      throw new IllegalArgumentException(
          "%d rows, %d labels, %d weights; expected as many, at least 1"
              .formatted(rows.length, labels.length, weights.length));
    }
    this.loss = loss;
    this.rows = rows;
    this.labels = labels;
    this.weights = weights;
    this.total = Arrays.stream(weights).sum();
  }

  /**
   * Fits intercept and slopes.
   *
   * @param ridge weight of half the sum of the squared slopes beside the mean loss a row, not
   *     negative
   * @param start where to begin: {@code double[variables + 1]}, the intercept first
   * @return {@code double[variables + 1]}, the intercept first
   */
  public double[] fit(double ridge, double[] start) {
    double[] beta = start.clone();
    double least = total(beta, ridge);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] next = improved(beta, ridge, least);
      double reached = total(next, ridge);
      boolean isWorthMore = reached < least - SMALLEST_GAIN * Math.max(1, Math.abs(least));
      if (reached < least) {
        beta = next;
        least = reached;
      }
      if (!isWorthMore) {
        break;
      }
    }
    return beta;
  }

  /** The margin of a row: intercept plus the sum of slopes times variables. */
  public static double margin(double[] beta, double[] row) {
    double sum = beta[0];
    for (int i = 0; i < row.length; i++) {
      sum += beta[i + 1] * row[i];
    }
    return sum;
  }

  /** The intercept alone that fits best, and no slopes: where a fit may begin. */
  public double[] start(int variables) {
    double sum = 0;
    for (int row = 0; row < labels.length; row++) {
      sum += weights[row] * labels[row];
    }
    double margin = loss.margin(sum / total);
    double[] beta = new double[variables + 1];
    beta[0] = Double.isFinite(margin) ? margin : 0;
    return beta;
  }

  private double[] improved(double[] beta, double ridge, double before) {
    int size = beta.length;
    double[] gradient = new double[size];
    double[][] hessian = new double[size][size];
    for (int row = 0; row < rows.length; row++) {
      add(rows[row], beta, weights[row] / total, labels[row], gradient, hessian);
    }
    for (int i = 0; i < size; i++) {
      if (i > 0) {
        gradient[i] += ridge * beta[i];
        hessian[i][i] += ridge;
      }
      // So that it can be decomposed where all probabilities are 0 or 1.
      hessian[i][i] += 1e-12;
      for (int j = 0; j < i; j++) {
        hessian[j][i] = hessian[i][j];
      }
    }
    double[] step =
        new CholeskyDecomposition(new Array2DRowRealMatrix(hessian, false), 1e-6, 0)
            .getSolver()
            .solve(new ArrayRealVector(gradient, false))
            .toArray();
    for (double share = 1; share > SMALLEST_SHARE; share /= 2) {
      double[] next = new double[size];
      for (int i = 0; i < size; i++) {
        next[i] = beta[i] - share * step[i];
      }
      if (total(next, ridge) < before) {
        return next;
      }
    }
    return beta;
  }

  private void add(
      double[] row,
      double[] beta,
      double weight,
      double label,
      double[] gradient,
      double[][] hessian) {
    double margin = margin(beta, row);
    double error = weight * loss.slope(margin, label);
    double curvature = weight * loss.curvature(margin, label);
    gradient[0] += error;
    hessian[0][0] += curvature;
    for (int i = 0; i < row.length; i++) {
      double curved = curvature * row[i];
      gradient[i + 1] += error * row[i];
      hessian[i + 1][0] += curved;
      for (int j = 0; j <= i; j++) {
        hessian[i + 1][j + 1] += curved * row[j];
      }
    }
  }

  private double total(double[] beta, double ridge) {
    double sum = 0;
    for (int row = 0; row < rows.length; row++) {
      sum += weights[row] * loss.of(margin(beta, rows[row]), labels[row]);
    }
    double squares = 0;
    for (int i = 1; i < beta.length; i++) {
      squares += beta[i] * beta[i];
    }
    return sum / total + ridge * squares / 2;
  }
}
