package dev.presage.retrain.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Figures under weights and of resamples against naive twins that take rows as often as they count.
 */
class WeightedFiguresPropertyTest {
  private static final double[] SHARES = {0.01, 0.05, 0.1, 0.2};
  private static final List<LikelihoodFigure> LIFTS =
      List.of(
          LikelihoodFigure.LIFT_TOP_1,
          LikelihoodFigure.LIFT_TOP_5,
          LikelihoodFigure.LIFT_TOP_10,
          LikelihoodFigure.LIFT_TOP_20);

  @Property
  void shouldRankWeightedRowsAsPairsDo(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 10) Integer> tenths,
      @ForAll @Size(min = 40, max = 40) List<@IntRange(max = 4) Integer> counts,
      @ForAll long outcomeBits) {
    double[] scores = tenths.stream().mapToDouble(it -> it / 10.0).toArray();
    boolean[] positive = outcomes(scores.length, outcomeBits);
    double[] weights = weights(counts, scores.length);

    Evaluation evaluation = Evaluation.of(scores, positive, weights, Resamples.none(scores.length));

    assertSame(evaluation.auc(), naiveAuc(scores, positive, weights));
    for (int top = 0; top < SHARES.length; top++) {
      assertSame(
          evaluation.value(LIFTS.get(top)), naiveLift(scores, positive, weights, SHARES[top]));
    }
  }

  @Property
  void shouldMeasureEachResampleAsRowsOfTheirOwn(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 10) Integer> tenths,
      @ForAll @Size(min = 30, max = 30) List<@IntRange(max = 6) Integer> profiles,
      @ForAll long outcomeBits,
      @ForAll long seed) {
    double[] scores = tenths.stream().mapToDouble(it -> it / 10.0).toArray();
    boolean[] positive = outcomes(scores.length, outcomeBits);
    long[] ids = profiles.stream().limit(scores.length).mapToLong(it -> it * 31L - 7).toArray();
    double[] ones = weights(List.of(), scores.length);
    double[] drawn = new double[scores.length];
    Resamples resamples = Resamples.ofProfiles(ids, 3, seed);
    double[] figures = new double[LikelihoodFigure.values().length + 10];

    for (int resample = 0; resample < 3; resample++) {
      resamples.weigh(resample, ones, drawn);
      new LikelihoodMeasure(new ScoredRows(scores, positive)).write(drawn, figures);

      for (int row = 0; row < drawn.length; row++) {
        for (int other = 0; other < row; other++) {
          if (ids[row] == ids[other]) {
            assertThat(drawn[row]).isEqualTo(drawn[other]);
          }
        }
      }
      int[] taken = taken(drawn);
      double[] takenScores = IntStream.of(taken).mapToDouble(row -> scores[row]).toArray();
      boolean[] takenPositive = new boolean[taken.length];
      for (int i = 0; i < taken.length; i++) {
        takenPositive[i] = positive[taken[i]];
      }
      Evaluation naive = Evaluation.of(takenScores, takenPositive);
      for (LikelihoodFigure figure :
          List.of(
              LikelihoodFigure.AUC,
              LikelihoodFigure.PR_AUC,
              LikelihoodFigure.LOG_LOSS,
              LikelihoodFigure.NORMALISED_CROSS_ENTROPY,
              LikelihoodFigure.BRIER,
              LikelihoodFigure.LIFT_TOP_20)) {
        assertSame(figures[figure.place()], naive.value(figure));
      }
    }
  }

  @Property
  void shouldOrderAmountsAsPairsDo(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 9) Integer> predicted,
      @ForAll @Size(min = 30, max = 30) List<@IntRange(max = 9) Integer> happened,
      @ForAll @Size(min = 30, max = 30) List<@IntRange(max = 3) Integer> counts) {
    double[] predictions = predicted.stream().mapToDouble(it -> it).toArray();
    double[] amounts = happened.stream().limit(predictions.length).mapToDouble(it -> it).toArray();
    double[] weights = weights(counts, predictions.length);

    Evaluation evaluation =
        Evaluation.ofAmounts(predictions, amounts, weights, Resamples.none(predictions.length));

    double best = naiveGini(amounts, amounts, weights);
    assertSame(
        evaluation.value(ValueFigure.NORMALISED_GINI),
        best == 0 ? Double.NaN : naiveGini(predictions, amounts, weights) / best);
    assertSame(
        evaluation.value(ValueFigure.SPEARMAN), naiveSpearman(predictions, amounts, weights));
  }

  private static double naiveAuc(double[] scores, boolean[] positive, double[] weights) {
    double won = 0;
    double pairs = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < scores.length; j++) {
        if (positive[i] && !positive[j]) {
          double weight = weights[i] * weights[j];
          pairs += weight;
          won += weight * (scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0);
        }
      }
    }
    return won / pairs;
  }

  /** Every row takes its place among those of equal score by chance: what is expected. */
  private static double naiveLift(
      double[] scores, boolean[] positive, double[] weights, double share) {
    double all = 0;
    double positives = 0;
    double inside = 0;
    for (int i = 0; i < scores.length; i++) {
      all += weights[i];
      positives += positive[i] ? weights[i] : 0;
    }
    for (int i = 0; i < scores.length; i++) {
      double above = 0;
      double tie = 0;
      for (int j = 0; j < scores.length; j++) {
        above += scores[j] > scores[i] ? weights[j] : 0;
        tie += scores[j] == scores[i] ? weights[j] : 0;
      }
      if (positive[i] && tie > 0) {
        inside += weights[i] * Math.clamp((share * all - above) / tie, 0, 1);
      }
    }
    return inside / (share * all) / (positives / all);
  }

  private static double naiveGini(double[] by, double[] amounts, double[] weights) {
    double sum = 0;
    for (int i = 0; i < by.length; i++) {
      for (int j = 0; j < by.length; j++) {
        sum += weights[i] * weights[j] * amounts[i] * Math.signum(by[i] - by[j]);
      }
    }
    return sum;
  }

  /** Correlation of the signs of all pairs' differences as ranks: their sums over the others. */
  private static double naiveSpearman(double[] one, double[] other, double[] weights) {
    double product = 0;
    double squaresOfOne = 0;
    double squaresOfOther = 0;
    for (int i = 0; i < one.length; i++) {
      double rankInOne = 0;
      double rankInOther = 0;
      for (int j = 0; j < one.length; j++) {
        rankInOne += weights[j] * Math.signum(one[i] - one[j]);
        rankInOther += weights[j] * Math.signum(other[i] - other[j]);
      }
      product += weights[i] * rankInOne * rankInOther;
      squaresOfOne += weights[i] * rankInOne * rankInOne;
      squaresOfOther += weights[i] * rankInOther * rankInOther;
    }
    return product / Math.sqrt(squaresOfOne * squaresOfOther);
  }

  private static int[] taken(double[] times) {
    return IntStream.range(0, times.length)
        .flatMap(row -> IntStream.range(0, (int) times[row]).map(time -> row))
        .toArray();
  }

  private static boolean[] outcomes(int rows, long bits) {
    boolean[] positive = new boolean[rows];
    for (int row = 0; row < rows; row++) {
      positive[row] = (bits >>> row & 1) == 1;
    }
    return positive;
  }

  /** One where there is no count. */
  private static double[] weights(List<Integer> counts, int rows) {
    return IntStream.range(0, rows)
        .mapToDouble(row -> row < counts.size() ? counts.get(row) : 1)
        .toArray();
  }

  private static void assertSame(double actual, double expected) {
    if (Double.isNaN(expected)) {
      assertThat(actual).isNaN();
    } else {
      assertThat(actual).isCloseTo(expected, within(1e-9));
    }
  }
}
