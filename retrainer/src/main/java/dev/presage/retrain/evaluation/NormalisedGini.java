package dev.presage.retrain.evaluation;

import java.util.Arrays;

/**
 * How well numbers order amounts, see {@link ValueFigure#NORMALISED_GINI}; every row counts once.
 * Of amounts that are 0 or 1 it is twice the area under the ROC curve less 1. Immutable.
 */
public final class NormalisedGini {
  private final double[] gains;
  private final double best;

  /**
   * @param amounts what happened, row by row; one below 0 counts as 0
   */
  public NormalisedGini(double[] amounts) {
    this.gains = Arrays.stream(amounts).map(it -> Math.max(0, it)).toArray();
    this.best = weighted(gains);
  }

  /**
   * The coefficient.
   *
   * @param values any numbers but NaN, row by row, higher where the amount is
   * @return in [-1, 1]; NaN where all amounts are the same
   */
  public double of(double[] values) {
    if (values.length != gains.length) {
      throw new IllegalArgumentException(
          "%d values, but %d amounts".formatted(values.length, gains.length));
    }
    return best == 0 ? Double.NaN : weighted(values) / best;
  }

  private double weighted(double[] values) {
    double[] ranks = Ranks.of(values);
    double sum = 0;
    for (int row = 0; row < ranks.length; row++) {
      sum += gains[row] * (ranks[row] - (ranks.length + 1) / 2.0);
    }
    return sum;
  }
}
