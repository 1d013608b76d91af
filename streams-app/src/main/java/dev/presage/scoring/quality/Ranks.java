package dev.presage.scoring.quality;

import java.util.Arrays;
import org.hipparchus.stat.correlation.PearsonsCorrelation;
import org.hipparchus.stat.ranking.NaNStrategy;
import org.hipparchus.stat.ranking.NaturalRanking;
import org.hipparchus.stat.ranking.TiesStrategy;

/** Ranks from 1; equal values share the mean of their ranks. */
final class Ranks {
  private static final NaturalRanking RANKING =
      new NaturalRanking(NaNStrategy.FAILED, TiesStrategy.AVERAGE);

  private Ranks() {}

  /**
   * @param values none of which is NaN, maybe none at all; not changed
   */
  static double[] of(double[] values) {
    if (values.length == 0) {
      return values;
    }
    // -0.0 and 0.0 are equal, and would be ranked apart where nothing is added.
    return RANKING.rank(Arrays.stream(values).map(it -> it + 0.0).toArray());
  }

  /**
   * Spearman's correlation of two rankings of the same things, which is Pearson's of the ranks.
   *
   * @return -1 to 1; NaN where all ranks of one of them are the same
   */
  static double correlation(double[] ranksOfOne, double[] ranksOfOther) {
    return ranksOfOne.length < 2
        ? Double.NaN
        : new PearsonsCorrelation().correlation(ranksOfOne, ranksOfOther);
  }
}
