package dev.presage.retrain.calibration;

import dev.presage.retrain.regression.Loss;
import java.util.Arrays;

/**
 * What a model said of rows, and what happened to them.
 *
 * @param margins on the logit scale, row by row
 * @param positive what happened
 * @param weights for how many rows each stands, positive
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
public record MarginRows(double[] margins, boolean[] positive, double[] weights) {
  public MarginRows {
    if (margins.length != positive.length || margins.length != weights.length) {
      throw new IllegalArgumentException(
          "%d margins, %d outcomes, %d weights; expected as many"
              .formatted(margins.length, positive.length, weights.length));
    }
  }

  int size() {
    return margins.length;
  }

  int positives() {
    int count = 0;
    for (boolean it : positive) {
      count += it ? 1 : 0;
    }
    return count;
  }

  double[] labels() {
    double[] labels = new double[size()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = positive[row] ? 1 : 0;
    }
    return labels;
  }

  int leastOfAnOutcome() {
    return Math.min(positives(), size() - positives());
  }

  MarginRows part(int from, int until) {
    return new MarginRows(
        Arrays.copyOfRange(margins, from, until),
        Arrays.copyOfRange(positive, from, until),
        Arrays.copyOfRange(weights, from, until));
  }

  /** Log loss of each row as the margins are. */
  double[] losses() {
    double[] losses = new double[size()];
    for (int row = 0; row < losses.length; row++) {
      losses[row] = Loss.LOGISTIC.of(margins[row], positive[row] ? 1 : 0);
    }
    return losses;
  }

  /** Log loss of each row by a curve. */
  double[] losses(Curve curve) {
    double[] losses = new double[size()];
    for (int row = 0; row < losses.length; row++) {
      double p = curve.at(margins[row]);
      losses[row] = -Math.log(Math.max(positive[row] ? p : 1 - p, Double.MIN_NORMAL));
    }
    return losses;
  }
}
