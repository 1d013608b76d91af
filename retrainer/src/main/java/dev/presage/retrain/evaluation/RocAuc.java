package dev.presage.retrain.evaluation;

/**
 * Area under the receiver operating characteristic: the probability that a positive row has a
 * higher value than a negative one, ties counting half. By the rank sum of Mann and Whitney (1947).
 */
public final class RocAuc {
  private RocAuc() {}

  /**
   * The area.
   *
   * @param values any numbers but NaN, higher where the outcome is likelier
   * @return in [0, 1]; NaN where there are no positives or no negatives
   */
  public static double of(double[] values, boolean[] positive) {
    if (values.length != positive.length) {
      throw new IllegalArgumentException(
          "%d values, but %d outcomes".formatted(values.length, positive.length));
    }
    double[] ranks = Ranks.of(values);
    double rankSum = 0;
    double positives = 0;
    for (int row = 0; row < ranks.length; row++) {
      if (positive[row]) {
        rankSum += ranks[row];
        positives++;
      }
    }
    double negatives = ranks.length - positives;
    return positives == 0 || negatives == 0
        ? Double.NaN
        : (rankSum - positives * (positives + 1) / 2) / (positives * negatives);
  }
}
