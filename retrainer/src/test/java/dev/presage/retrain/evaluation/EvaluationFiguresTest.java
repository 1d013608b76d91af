package dev.presage.retrain.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EvaluationFiguresTest {
  private static final double[] SCORES = {0.1, 0.4, 0.35, 0.8, 0.65, 0.2, 0.9, 0.55, 0.05, 0.3};
  private static final boolean[] POSITIVE = {
    false, false, true, true, true, false, true, false, false, true
  };

  /** The figures beside each are those of scikit-learn 1.9.1 on the same numbers. */
  @Test
  void shouldAgreeWithScikitLearn() {
    Evaluation evaluation = Evaluation.of(SCORES, POSITIVE);

    // roc_auc_score, average_precision_score, log_loss, brier_score_loss
    assertThat(evaluation.auc()).isCloseTo(0.84, within(1e-9));
    assertThat(evaluation.prAuc()).isCloseTo(0.8761904761904762, within(1e-9));
    assertThat(evaluation.logLoss()).isCloseTo(0.4702212593232454, within(1e-9));
    assertThat(evaluation.brier()).isCloseTo(0.16, within(1e-9));
    // LogisticRegression(C=inf) of the outcomes on the logits: coef_ and intercept_
    assertThat(evaluation.value(LikelihoodFigure.CALIBRATION_SLOPE))
        .isCloseTo(1.3746625, within(1e-5));
    assertThat(evaluation.value(LikelihoodFigure.CALIBRATION_INTERCEPT))
        .isCloseTo(0.56501174, within(1e-5));
    // Half of the rows are positive: the entropy is ln 2.
    assertThat(evaluation.value(LikelihoodFigure.NORMALISED_CROSS_ENTROPY))
        .isCloseTo(0.4702212593232454 / Math.log(2), within(1e-9));
  }

  @Test
  void shouldCountRowsByTheirWeights() {
    double[] weights = {3, 1, 2, 1, 1, 4, 1, 2, 5, 1};
    int[] repeated = new int[21];
    int at = 0;
    for (int row = 0; row < weights.length; row++) {
      for (int time = 0; time < weights[row]; time++) {
        repeated[at++] = row;
      }
    }
    double[] scores = Arrays.stream(repeated).mapToDouble(row -> SCORES[row]).toArray();
    boolean[] positive = new boolean[repeated.length];
    for (int i = 0; i < positive.length; i++) {
      positive[i] = POSITIVE[repeated[i]];
    }

    Evaluation weighted = Evaluation.of(SCORES, POSITIVE, weights, Resamples.none(SCORES.length));
    Evaluation written = Evaluation.of(scores, positive);

    for (LikelihoodFigure figure : LikelihoodFigure.values()) {
      assertThat(weighted.value(figure))
          .as(figure.key())
          .isCloseTo(written.value(figure), within(1e-7));
    }
  }

  @Test
  void shouldSayHowManyMorePositivesTheTopHas() {
    double[] scores = new double[100];
    boolean[] positive = new boolean[100];
    for (int row = 0; row < 100; row++) {
      scores[row] = (row + 0.5) / 100;
      positive[row] = row == 99 || row == 97 || row == 92 || row == 50;
    }

    Evaluation evaluation = Evaluation.of(scores, positive);

    // 4% of all are positive; of the top row all, of 5 two, of 10 three, of 20 three.
    assertThat(evaluation.value(LikelihoodFigure.LIFT_TOP_1)).isCloseTo(1 / 0.04, within(1e-9));
    assertThat(evaluation.value(LikelihoodFigure.LIFT_TOP_5)).isCloseTo(0.4 / 0.04, within(1e-9));
    assertThat(evaluation.value(LikelihoodFigure.LIFT_TOP_10)).isCloseTo(0.3 / 0.04, within(1e-9));
    assertThat(evaluation.value(LikelihoodFigure.LIFT_TOP_20)).isCloseTo(0.15 / 0.04, within(1e-9));
  }

  @Test
  void shouldTakeAShareOfEqualScoresAtTheEdgeOfTheTop() {
    double[] scores = new double[10];
    Arrays.fill(scores, 0.5);
    boolean[] positive = new boolean[10];
    positive[3] = true;

    Evaluation evaluation = Evaluation.of(scores, positive);

    assertThat(evaluation.value(LikelihoodFigure.LIFT_TOP_5)).isCloseTo(1, within(1e-12));
    assertThat(evaluation.value(LikelihoodFigure.CALIBRATION_SLOPE)).isNaN();
  }

  @Test
  void shouldNotTellTheSlopeOfScoresThatSeparateTheOutcomes() {
    Evaluation evaluation =
        Evaluation.of(new double[] {0.2, 0.4, 0.6, 0.8}, new boolean[] {false, false, true, true});

    assertThat(evaluation.value(LikelihoodFigure.CALIBRATION_SLOPE)).isNaN();
    assertThat(evaluation.value(LikelihoodFigure.CALIBRATION_INTERCEPT)).isNaN();
  }

  /** Outcomes are drawn by the scores, then the scores are made twice as extreme on the logits. */
  @Test
  void shouldSeeScoresThatAreTooExtreme() {
    Random random = new Random(1);
    double[] scores = new double[20_000];
    boolean[] positive = new boolean[scores.length];
    for (int row = 0; row < scores.length; row++) {
      double logit = random.nextGaussian() - 1;
      positive[row] = random.nextDouble() < 1 / (1 + Math.exp(-logit));
      scores[row] = 1 / (1 + Math.exp(-2 * logit));
    }

    Evaluation evaluation =
        Evaluation.of(
            scores, positive, ones(scores.length), Resamples.ofRows(scores.length, 100, 1));

    assertThat(evaluation.value(LikelihoodFigure.CALIBRATION_SLOPE)).isCloseTo(0.5, within(0.03));
    assertThat(evaluation.interval(LikelihoodFigure.CALIBRATION_SLOPE))
        .hasValueSatisfying(it -> assertThat(it.high()).isLessThan(0.55));
    assertThat(evaluation.value(LikelihoodFigure.CALIBRATION_INTERCEPT)).isCloseTo(0, within(0.06));
  }

  @Test
  void shouldHoldTheTruthInAboutNineteenOfTwentyIntervals() {
    int held = 0;
    for (int trial = 0; trial < 200; trial++) {
      SplittableRandom random = new SplittableRandom(trial);
      double[] scores = new double[400];
      boolean[] positive = new boolean[scores.length];
      for (int row = 0; row < scores.length; row++) {
        scores[row] = random.nextDouble();
        positive[row] = random.nextDouble() < scores[row];
      }
      Evaluation evaluation =
          Evaluation.of(
              scores, positive, ones(scores.length), Resamples.ofRows(scores.length, 200, trial));
      Interval interval = evaluation.interval(LikelihoodFigure.BRIER).orElseThrow();
      // The mean of p (1 - p) over p in [0, 1].
      held += interval.low() <= 1 / 6.0 && 1 / 6.0 <= interval.high() ? 1 : 0;
    }

    assertThat(held).isBetween(178, 199);
  }

  /** Ten rows of each profile say the same: there are as many independent rows as profiles. */
  @Test
  void shouldDrawWholeProfiles() {
    int profiles = 60;
    double[] scores = new double[profiles * 10];
    boolean[] positive = new boolean[scores.length];
    long[] ids = new long[scores.length];
    Random random = new Random(5);
    for (int profile = 0; profile < profiles; profile++) {
      double score = random.nextDouble();
      boolean happens = random.nextDouble() < score;
      for (int i = 0; i < 10; i++) {
        scores[profile * 10 + i] = score;
        positive[profile * 10 + i] = happens;
        ids[profile * 10 + i] = 1_000_000_007L * profile;
      }
    }
    double[] ones = ones(scores.length);

    double byProfile =
        width(Evaluation.of(scores, positive, ones, Resamples.ofProfiles(ids, 300, 1)));
    double byRow =
        width(Evaluation.of(scores, positive, ones, Resamples.ofRows(scores.length, 300, 1)));

    // The square root of ten, give or take what is left to chance.
    assertThat(byProfile / byRow).isBetween(2.5, 4.0);
  }

  @Test
  void shouldGiveTheSameIntervalsForTheSameSeed() {
    double[] ones = ones(SCORES.length);

    assertThat(
            Evaluation.of(SCORES, POSITIVE, ones, Resamples.ofRows(SCORES.length, 50, 3))
                .interval(LikelihoodFigure.AUC))
        .isPresent()
        .isEqualTo(
            Evaluation.of(SCORES, POSITIVE, ones, Resamples.ofRows(SCORES.length, 50, 3))
                .interval(LikelihoodFigure.AUC));
  }

  @Test
  void shouldCompareTwoPredictorsPairByPair() {
    Random random = new Random(9);
    double[] good = new double[2_000];
    double[] slightlyWorse = new double[good.length];
    boolean[] positive = new boolean[good.length];
    for (int row = 0; row < good.length; row++) {
      good[row] = random.nextDouble();
      positive[row] = random.nextDouble() < good[row];
      slightlyWorse[row] = Math.clamp(good[row] + 0.3 * (random.nextDouble() - 0.5), 0, 1);
    }
    Resamples resamples = Resamples.ofRows(good.length, 200, 1);
    Evaluation one = Evaluation.of(good, positive, ones(good.length), resamples);
    Evaluation other = Evaluation.of(slightlyWorse, positive, ones(good.length), resamples);

    Difference difference = one.difference(LikelihoodFigure.AUC, other).orElseThrow();

    assertThat(difference.value()).isCloseTo(one.auc() - other.auc(), within(1e-15)).isPositive();
    assertThat(difference.interval().low()).isPositive();
    assertThat(one.interval(LikelihoodFigure.AUC).orElseThrow().low())
        .as("the intervals of each overlap")
        .isLessThan(other.interval(LikelihoodFigure.AUC).orElseThrow().high());
    assertThat(one.difference(LikelihoodFigure.AUC, one).orElseThrow().interval())
        .isEqualTo(new Interval(0, 0));
  }

  @Test
  void shouldCompareNothingThatWasResampledOtherwise() {
    Evaluation one = Evaluation.of(SCORES, POSITIVE);
    Evaluation other = Evaluation.of(SCORES, POSITIVE);

    assertThatThrownBy(() -> one.difference(LikelihoodFigure.AUC, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("same resamples");
    assertThat(one.interval(LikelihoodFigure.AUC)).isEmpty();
  }

  @Test
  void shouldSayHowSureTheSharesOfDecilesAre() {
    double[] ones = ones(SCORES.length);
    Evaluation evaluation =
        Evaluation.of(SCORES, POSITIVE, ones, Resamples.ofRows(SCORES.length, 100, 3));

    assertThat(evaluation.calibration()).hasSize(10);
    int known = 0;
    for (CalibrationDecile decile : evaluation.calibration()) {
      Interval interval = decile.interval();
      if (interval != null) {
        known++;
        assertThat(decile.rate()).isBetween(interval.low(), interval.high());
      }
    }
    assertThat(known).isPositive();
  }

  @Test
  void shouldRefuseWeightsAndResamplesThatAreNotOfTheRows() {
    assertThatThrownBy(() -> Evaluation.of(SCORES, POSITIVE, new double[] {1}, Resamples.none(10)))
        .hasMessageContaining("10 rows, but 1 weights");
    double[] negative = ones(10);
    negative[4] = -1;
    assertThatThrownBy(() -> Evaluation.of(SCORES, POSITIVE, negative, Resamples.none(10)))
        .hasMessageContaining("row 4 is -1.0");
    assertThatThrownBy(() -> Evaluation.of(SCORES, POSITIVE, ones(10), Resamples.none(3)))
        .hasMessageContaining("10 rows, but the resamples are of 3");
  }

  private static double width(Evaluation evaluation) {
    Interval interval = evaluation.interval(LikelihoodFigure.BRIER).orElseThrow();
    return interval.high() - interval.low();
  }

  private static double[] ones(int rows) {
    double[] ones = new double[rows];
    Arrays.fill(ones, 1);
    return ones;
  }
}
