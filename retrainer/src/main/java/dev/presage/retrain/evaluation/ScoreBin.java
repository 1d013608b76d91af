package dev.presage.retrain.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * A range of scores and the rows in it, by what happened.
 *
 * @param from lowest score, inclusive
 * @param until highest score, exclusive but for that of the last bin
 * @param negatives weight of the rows in it whose target did not happen
 * @param positives weight of those whose target happened
 */
public record ScoreBin(double from, double until, double negatives, double positives) {
  private static final int BINS = 20;

  /**
   * Twenty ranges of one width from 0 to the highest score.
   *
   * @param scores probabilities in [0, 1]
   * @param positive what happened, row by row
   * @param weights what each row counts; not negative
   * @return none without rows
   * @throws IllegalArgumentException when the lengths differ, a score is not in [0, 1], or a weight
   *     is negative or not finite
   */
  public static List<ScoreBin> of(double[] scores, boolean[] positive, double[] weights) {
    ScoredRows rows = new ScoredRows(scores, positive, weights);
    double highest = 0;
    for (double score : scores) {
      highest = Math.max(highest, score);
    }
    double width = (highest > 0 ? highest : 1) / BINS;
    double[] negatives = new double[BINS];
    double[] positives = new double[BINS];
    for (int row = 0; row < rows.rows(); row++) {
      int bin = Math.min((int) (scores[row] / width), BINS - 1);
      (positive[row] ? positives : negatives)[bin] += weights[row];
    }
    List<ScoreBin> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS && scores.length > 0; bin++) {
      bins.add(new ScoreBin(bin * width, (bin + 1) * width, negatives[bin], positives[bin]));
    }
    return List.copyOf(bins);
  }
}
