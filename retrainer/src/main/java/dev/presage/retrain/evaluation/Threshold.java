package dev.presage.retrain.evaluation;

/**
 * A score from which on rows are selected, and what that comes to.
 *
 * @param score the least score that is selected, in [0, 1]
 * @param share how many of all rows are selected, in (0, 1]
 * @param precision how many of the selected are positive, in [0, 1]
 * @param recall how many of the positives are selected, in [0, 1]; NaN without positives
 */
public record Threshold(double score, double share, double precision, double recall) {
  /** Harmonic mean of precision and recall, in [0, 1]; 0 where no positive is selected. */
  public double f1() {
    return precision > 0 ? 2 * precision * recall / (precision + recall) : 0;
  }
}
