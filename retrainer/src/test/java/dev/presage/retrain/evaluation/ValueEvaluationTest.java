package dev.presage.retrain.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ValueEvaluationTest {
  private static final double[] PREDICTIONS = {10, 20, 5, 40, 5};
  private static final double[] AMOUNTS = {12, 10, 0, 60, 8};

  @Test
  void shouldAgreeWithFiguresComputedByHand() {
    Evaluation evaluation = evaluate(PREDICTIONS, AMOUNTS);

    assertThat(evaluation.rows()).isEqualTo(5);
    assertThat(evaluation.value(ValueFigure.MAE))
        .isCloseTo((2 + 10 + 5 + 20 + 3) / 5.0, within(1e-12));
    assertThat(evaluation.value(ValueFigure.RMSE))
        .isCloseTo(Math.sqrt((4 + 100 + 25 + 400 + 9) / 5.0), within(1e-12));
    assertThat(evaluation.value(ValueFigure.SUM_RATIO)).isCloseTo(80 / 90.0, within(1e-12));
    // Ranks of the predictions 3, 4, 1.5, 5, 1.5 and of the amounts 4, 3, 1, 5, 2; about their
    // mean: the products sum to 0 + 0 + 3 + 4 + 1.5, the squares to 9.5 and 10.
    assertThat(evaluation.value(ValueFigure.SPEARMAN))
        .isCloseTo(8.5 / Math.sqrt(9.5 * 10), within(1e-12));
    // Amounts times ranks about their mean: 10 - 0 + 120 - 12 by prediction, with 12 * 0;
    // 12 + 0 - 0 + 120 - 8 by themselves.
    assertThat(evaluation.value(ValueFigure.NORMALISED_GINI))
        .isCloseTo((10 + 120 - 12) / (12.0 + 120 - 8), within(1e-12));
  }

  @Test
  void shouldGiveTheBestOrderAGiniOfOneAndTheReverseMinusOne() {
    double[] reverse = Arrays.stream(AMOUNTS).map(it -> -it).toArray();

    assertThat(evaluate(AMOUNTS, AMOUNTS).value(ValueFigure.NORMALISED_GINI)).isEqualTo(1);
    assertThat(evaluate(reverse, AMOUNTS).value(ValueFigure.NORMALISED_GINI))
        .isCloseTo(-1, within(1e-12));
    assertThat(evaluate(new double[5], AMOUNTS).value(ValueFigure.NORMALISED_GINI)).isZero();
  }

  @Test
  void shouldLeaveUndefinedWhatCannotBeTold() {
    Evaluation nobodyBuys = evaluate(PREDICTIONS, new double[5]);
    Evaluation refunds = evaluate(PREDICTIONS, new double[] {1, -2, 3, 4, 5});
    Evaluation empty = evaluate(new double[0], new double[0]);

    assertThat(nobodyBuys.value(ValueFigure.SUM_RATIO)).isNaN();
    assertThat(nobodyBuys.value(ValueFigure.NORMALISED_GINI)).isNaN();
    assertThat(nobodyBuys.value(ValueFigure.SPEARMAN)).isNaN();
    assertThat(nobodyBuys.value(ValueFigure.MAE)).isEqualTo(16);
    assertThat(nobodyBuys.value(ValueFigure.DEVIANCE)).isNaN();
    assertThat(refunds.value(ValueFigure.NORMALISED_GINI))
        .as("less than nothing counts as nothing")
        .isEqualTo(
            evaluate(PREDICTIONS, new double[] {1, 0, 3, 4, 5}).value(ValueFigure.NORMALISED_GINI));
    for (ValueFigure figure : ValueFigure.values()) {
      assertThat(empty.value(figure)).as(figure.key()).isNaN();
    }
    assertThat(empty.calibration()).isEmpty();
  }

  @Test
  void shouldPutMeanAmountsBesideMeanPredictions() {
    double[] predictions = new double[100];
    double[] amounts = new double[100];
    for (int row = 0; row < 100; row++) {
      predictions[row] = row;
      amounts[row] = row * 2;
    }

    Evaluation evaluation = evaluate(predictions, amounts);

    assertThat(evaluation.calibration()).hasSize(10);
    assertThat(evaluation.calibration().getFirst().meanScore()).isCloseTo(4.5, within(1e-12));
    assertThat(evaluation.calibration().getFirst().rate()).isCloseTo(9, within(1e-12));
  }

  @Test
  void shouldCompareTwoPredictorsPairByPair() {
    double[] amounts = new double[500];
    double[] close = new double[500];
    double[] far = new double[500];
    double[] ones = new double[500];
    for (int row = 0; row < 500; row++) {
      amounts[row] = row % 97;
      close[row] = amounts[row] + row % 3;
      far[row] = amounts[row] + row % 7;
      ones[row] = 1;
    }
    Resamples resamples = Resamples.ofRows(500, 100, 1);

    Difference difference =
        Evaluation.ofAmounts(far, amounts, ones, resamples)
            .difference(ValueFigure.MAE, Evaluation.ofAmounts(close, amounts, ones, resamples))
            .orElseThrow();

    assertThat(difference.value()).isCloseTo(2, within(0.05));
    assertThat(difference.interval().low()).isPositive();
  }

  @Test
  void shouldRefuseWhatIsNoNumber() {
    assertThatThrownBy(() -> evaluate(new double[] {Double.NaN}, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 0 NaN is predicted");
    assertThatThrownBy(() -> evaluate(new double[2], new double[1]))
        .hasMessageContaining("2 predictions, but 1 amounts");
  }

  @Test
  void shouldSayOfAmountsWhatIsOfAmountsAlone() {
    Evaluation amounts = evaluate(PREDICTIONS, AMOUNTS);
    Evaluation likelihoods = Evaluation.of(new double[] {0.2, 0.9}, new boolean[] {false, true});

    assertThat(amounts.figures()).containsExactly(ValueFigure.values());
    assertThat(amounts.positives()).isEqualTo(4);
    assertThat(amounts.auc()).isNaN();
    assertThat(likelihoods.value(ValueFigure.MAE)).isNaN();
    assertThat(amounts.interval(LikelihoodFigure.AUC)).isEmpty();
    assertThat(amounts.difference(LikelihoodFigure.AUC, likelihoods)).isEmpty();
    assertThat(amounts.difference(ValueFigure.MAE, likelihoods)).isEmpty();
  }

  @Test
  void shouldHaveTheLeastDevianceAtTheMeanOfWhatHappens() {
    double[] amounts = {0, 0, 0, 100, 20};

    double atMean = deviance(24, amounts);

    double root = Math.sqrt(24);
    double squares = 3 * 24 + Math.pow(10 - root, 2) + Math.pow(Math.sqrt(20) - root, 2);
    assertThat(atMean).isCloseTo(4 * squares / root / 5, within(1e-9));
    assertThat(deviance(23, amounts)).isGreaterThan(atMean);
    assertThat(deviance(25, amounts)).isGreaterThan(atMean);
    assertThat(deviance(0, amounts))
        .as("nothing for those who buy")
        .isGreaterThan(10 * atMean)
        .isFinite();
    assertThat(evaluate(amounts, amounts).value(ValueFigure.DEVIANCE)).as("right").isLessThan(0.02);
  }

  private static double deviance(double everybody, double[] amounts) {
    double[] predictions = new double[amounts.length];
    Arrays.fill(predictions, everybody);
    return evaluate(predictions, amounts).value(ValueFigure.DEVIANCE);
  }

  @Test
  void shouldOrderByTheNormalisedGiniThatItHas() {
    double[] values = {3, 3, 8, 1, 2, -4};
    double[] amounts = {0, 12, 60, -8, 7, 0};

    assertThat(new NormalisedGini(amounts).of(values))
        .isCloseTo(evaluate(values, amounts).value(ValueFigure.NORMALISED_GINI), within(1e-12));
    assertThat(new NormalisedGini(new double[] {1, 0, 1, 0}).of(new double[] {4, 1, 2, 3}))
        .as("twice the area under the curve less 1")
        .isCloseTo(2 * 0.75 - 1, within(1e-12));
    assertThat(new NormalisedGini(new double[] {2, 2}).of(new double[] {1, 2})).isNaN();
  }

  @Test
  void shouldShowHowMuchTheHighestPredictionsHold() {
    double[] predictions = {1, 9, 5, 5};
    double[] amounts = {-3, 60, 20, 20};
    double[] ones = {1, 1, 1, 1};

    assertThat(Curves.ofAmounts(predictions, amounts, ones).gain())
        .containsExactly(
            new Point(0, 0), new Point(0.25, 0.6), new Point(0.75, 1), new Point(1, 1));
    assertThat(Curves.ofAmounts(predictions, new double[4], ones).gain()).isEmpty();
  }

  private static Evaluation evaluate(double[] predictions, double[] amounts) {
    return Evaluation.ofAmounts(predictions, amounts);
  }
}
