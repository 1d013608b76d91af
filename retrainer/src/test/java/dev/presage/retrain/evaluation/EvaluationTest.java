package dev.presage.retrain.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EvaluationTest {

  @Test
  void shouldAgreeWithFiguresComputedByHand() {
    double[] scores = {0.1, 0.4, 0.35, 0.8};
    boolean[] positive = {false, false, true, true};

    Evaluation evaluation = Evaluation.of(scores, positive);

    assertThat(evaluation.rows()).isEqualTo(4);
    assertThat(evaluation.positives()).isEqualTo(2);
    // Of the four pairs of a positive and a negative, 0.35 against 0.4 is the wrong way round.
    assertThat(evaluation.auc()).isEqualTo(0.75);
    // Recall one half at precision 1, the other half at precision 2/3.
    assertThat(evaluation.prAuc()).isCloseTo(0.5 + 0.5 * 2 / 3, within(1e-15));
    assertThat(evaluation.logLoss())
        .isCloseTo(
            -(Math.log(0.9) + Math.log(0.6) + Math.log(0.35) + Math.log(0.8)) / 4, within(1e-15));
    assertThat(evaluation.brier()).isCloseTo((0.01 + 0.16 + 0.65 * 0.65 + 0.04) / 4, within(1e-15));
  }

  @Test
  void shouldCountTiesAsHalf() {
    Evaluation evaluation =
        Evaluation.of(new double[] {0.5, 0.5, 0.5, 0.9}, new boolean[] {true, false, false, true});

    assertThat(evaluation.auc()).isEqualTo((0.5 + 0.5 + 1 + 1) / 4);
  }

  @Test
  void shouldNotDependOnTheOrderOfEqualScores() {
    Evaluation one =
        Evaluation.of(new double[] {0.5, 0.5, 0.5, 0.2}, new boolean[] {true, false, true, false});
    Evaluation other =
        Evaluation.of(new double[] {0.2, 0.5, 0.5, 0.5}, new boolean[] {false, false, true, true});

    assertThat(one.auc()).isEqualTo(other.auc());
    assertThat(one.prAuc()).isEqualTo(other.prAuc());
    assertThat(one.calibration()).isEqualTo(other.calibration());
  }

  @Test
  void shouldClipTheLogLossOfACertaintyThatWasWrong() {
    Evaluation evaluation = Evaluation.of(new double[] {0}, new boolean[] {true});

    assertThat(evaluation.logLoss()).isCloseTo(-Math.log(1e-15), within(1e-9));
  }

  @Test
  void shouldLeaveUndefinedWhatOneOutcomeAloneCannotTell() {
    Evaluation evaluation = Evaluation.of(new double[] {0.3, 0.6}, new boolean[] {false, false});

    assertThat(evaluation.auc()).isNaN();
    assertThat(evaluation.prAuc()).isNaN();
    assertThat(evaluation.logLoss()).isPositive();
  }

  @Test
  void shouldTakeNoRowsAtAll() {
    Evaluation evaluation = Evaluation.of(new double[0], new boolean[0]);

    assertThat(evaluation.rows()).isZero();
    assertThat(evaluation.auc()).isNaN();
    assertThat(evaluation.logLoss()).isNaN();
    assertThat(evaluation.calibration()).isEmpty();
  }

  @Test
  void shouldDivideRowsIntoDecilesWithTheirMeanScoreAndRate() {
    double[] scores = new double[100];
    boolean[] positive = new boolean[100];
    for (int row = 0; row < 100; row++) {
      scores[row] = (row + 0.5) / 100;
      positive[row] = row >= 95;
    }

    Evaluation evaluation = Evaluation.of(scores, positive);

    assertThat(evaluation.calibration()).hasSize(10);
    assertThat(evaluation.calibration())
        .allSatisfy(decile -> assertThat(decile.rows()).isEqualTo(10));
    CalibrationDecile top = evaluation.calibration().getLast();
    assertThat(top.decile()).isEqualTo(10);
    assertThat(top.meanScore()).isCloseTo(0.95, within(1e-12));
    assertThat(top.rate()).isEqualTo(0.5);
  }

  @Test
  void shouldKeepEqualScoresInOneDecile() {
    Evaluation evaluation =
        Evaluation.of(
            new double[] {0.2, 0.2, 0.2, 0.2, 0.9}, new boolean[] {false, true, false, true, true});

    assertThat(evaluation.calibration())
        .extracting(CalibrationDecile::rows)
        .containsExactly(4L, 1L);
  }

  @Test
  void shouldRefuseScoresThatAreNoProbabilities() {
    assertThatThrownBy(() -> Evaluation.of(new double[] {0.5, 1.5}, new boolean[] {true, false}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 1 is 1.5");
    assertThatThrownBy(() -> Evaluation.of(new double[] {Double.NaN}, new boolean[] {true}))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> Evaluation.of(new double[2], new boolean[3]))
        .hasMessageContaining("2 scores, but 3 outcomes");
  }
}
