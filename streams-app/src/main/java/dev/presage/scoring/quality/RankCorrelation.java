package dev.presage.scoring.quality;

/**
 * Spearman's rank correlation: Pearson's correlation of the ranks, equal values sharing the mean of
 * theirs (Charles Spearman, "The proof and measurement of association between two things", 1904).
 */
final class RankCorrelation {
  private RankCorrelation() {}

  /**
   * The correlation of two rankings of the same things.
   *
   * @param ranksOfOne ranks from 1 to n, as {@link Ranks} gives them
   * @param ranksOfOther as many
   * @return -1 to 1; NaN where all ranks of one of them are the same
   */
  static double of(double[] ranksOfOne, double[] ranksOfOther) {
    double mean = (ranksOfOne.length + 1) / 2.0;
    double both = 0;
    double one = 0;
    double other = 0;
    for (int i = 0; i < ranksOfOne.length; i++) {
      double x = ranksOfOne[i] - mean;
      double y = ranksOfOther[i] - mean;
      both += x * y;
      one += x * x;
      other += y * y;
    }
    return one == 0 || other == 0
        ? Double.NaN
        : Math.clamp(both / Math.sqrt(one * other), -1.0, 1.0);
  }
}
