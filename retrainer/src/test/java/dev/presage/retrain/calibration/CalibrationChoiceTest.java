package dev.presage.retrain.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.presage.retrain.regression.Loss;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalibrationChoiceTest {

  @Test
  void shouldLeaveAModelAloneThatIsCalibrated() {
    CalibrationChoice choice = CalibrationChoice.of(rows(1, 4_000, margin -> margin));

    assertThat(choice.curve()).isEmpty();
    assertThat(choice.reason()).contains("on the later half of 4000 rows: not used");
  }

  @Test
  void shouldStraightenAModelThatExaggerates() {
    CalibrationChoice choice = CalibrationChoice.of(rows(2, 4_000, margin -> 0.5 * margin - 1));

    assertThat(choice.curve())
        .hasValueSatisfying(
            curve -> {
              assertThat(curve).isInstanceOf(Curve.Platt.class);
              assertThat(((Curve.Platt) curve).slope()).isCloseTo(0.5, within(0.1));
              assertThat(((Curve.Platt) curve).intercept()).isCloseTo(-1, within(0.15));
            });
    assertThat(choice.reason()).startsWith("Platt").endsWith(": used");
  }

  /** Two steps, which no sigmoid has. */
  @Test
  void shouldTakeACurveOfAnyFormWhereThereAreEnoughRows() {
    DoubleUnaryOperator steps = margin -> margin < -1 ? -3 : margin < 1 ? 0 : 3;

    assertThat(CalibrationChoice.of(rows(3, 20_000, steps)).curve())
        .hasValueSatisfying(
            curve -> {
              assertThat(curve).isInstanceOf(Curve.Isotonic.class);
              assertThat(curve.at(0)).isCloseTo(0.5, within(0.05));
              assertThat(curve.at(-2)).isCloseTo(0.047, within(0.03));
            });
    assertThat(CalibrationChoice.of(rows(3, 1_000, steps)).curve().orElseThrow())
        .isInstanceOf(Curve.Platt.class);
  }

  @Test
  void shouldSayWhereThereAreTooFewRows() {
    CalibrationChoice choice = CalibrationChoice.of(rows(4, 150, margin -> margin - 1));

    assertThat(choice.curve()).isEmpty();
    assertThat(choice.reason()).startsWith("150 rows with").contains("are too few");
  }

  /** What was left out of the negatives must not make the others look frequent. */
  @Test
  void shouldCountRowsByTheirWeight() {
    MarginRows all = rows(5, 40_000, margin -> 0.6 * margin - 2);
    int[] kept =
        IntStream.range(0, all.size()).filter(row -> all.positive()[row] || row % 5 == 0).toArray();
    MarginRows thinned =
        new MarginRows(
            Arrays.stream(kept).mapToDouble(row -> all.margins()[row]).toArray(),
            outcomes(all, kept),
            Arrays.stream(kept).mapToDouble(row -> all.positive()[row] ? 1 : 5).toArray());

    Curve whole = CalibrationChoice.of(all).curve().orElseThrow();
    Curve ofThinned = CalibrationChoice.of(thinned).curve().orElseThrow();

    for (double margin = -3; margin <= 3; margin += 0.5) {
      assertThat(ofThinned.at(margin)).isCloseTo(whole.at(margin), within(0.02));
    }
  }

  @Test
  void shouldRefuseRowsOfDifferentNumbers() {
    assertThatThrownBy(() -> new MarginRows(new double[1], new boolean[2], new double[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 margins, 2 outcomes");
  }

  private static boolean[] outcomes(MarginRows all, int[] kept) {
    boolean[] outcomes = new boolean[kept.length];
    for (int i = 0; i < kept.length; i++) {
      outcomes[i] = all.positive()[kept[i]];
    }
    return outcomes;
  }

  private static MarginRows rows(long seed, int size, DoubleUnaryOperator truth) {
    Random random = new Random(seed);
    double[] margins = new double[size];
    boolean[] positive = new boolean[size];
    double[] weights = new double[size];
    for (int row = 0; row < size; row++) {
      margins[row] = 1.5 * random.nextGaussian();
      positive[row] =
          random.nextDouble() < Loss.LOGISTIC.prediction(truth.applyAsDouble(margins[row]));
      weights[row] = 1;
    }
    return new MarginRows(margins, positive, weights);
  }
}
