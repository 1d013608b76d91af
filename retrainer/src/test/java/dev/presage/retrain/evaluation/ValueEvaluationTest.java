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
    ValueEvaluation evaluation = evaluate(PREDICTIONS, AMOUNTS);

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
    ValueEvaluation nobodyBuys = evaluate(PREDICTIONS, new double[5]);
    ValueEvaluation refunds = evaluate(PREDICTIONS, new double[] {1, -2, 3, 4, 5});
    ValueEvaluation empty = evaluate(new double[0], new double[0]);

    assertThat(nobodyBuys.value(ValueFigure.SUM_RATIO)).isNaN();
    assertThat(nobodyBuys.value(ValueFigure.NORMALISED_GINI)).isNaN();
    assertThat(nobodyBuys.value(ValueFigure.SPEARMAN)).isNaN();
    assertThat(nobodyBuys.value(ValueFigure.MAE)).isEqualTo(16);
    assertThat(refunds.value(ValueFigure.NORMALISED_GINI)).isNaN();
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

    ValueEvaluation evaluation = evaluate(predictions, amounts);

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
        ValueEvaluation.of(far, amounts, ones, resamples)
            .difference(ValueFigure.MAE, ValueEvaluation.of(close, amounts, ones, resamples))
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

  private static ValueEvaluation evaluate(double[] predictions, double[] amounts) {
    double[] ones = new double[amounts.length];
    Arrays.fill(ones, 1);
    return ValueEvaluation.of(predictions, amounts, ones, Resamples.none(amounts.length));
  }
}
