package dev.presage.retrain.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The figures against naive twins that follow the definitions word by word. */
class EvaluationPropertyTest {

  /** Scores are tenths, so that there are many ties. */
  @Property
  void shouldAgreeWithNaiveTwins(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 10) Integer> tenths,
      @ForAll long outcomeBits) {
    double[] scores = tenths.stream().mapToDouble(it -> it / 10.0).toArray();
    boolean[] positive = new boolean[scores.length];
    for (int row = 0; row < positive.length; row++) {
      positive[row] = (outcomeBits >>> row & 1) == 1;
    }

    Evaluation evaluation = Evaluation.of(scores, positive);

    assertSame(evaluation.auc(), naiveAuc(scores, positive));
    assertSame(evaluation.prAuc(), naiveAveragePrecision(scores, positive));
    assertThat(evaluation.calibration().stream().mapToLong(CalibrationDecile::rows).sum())
        .isEqualTo(scores.length);
    assertThat(evaluation.calibration().stream().mapToDouble(it -> it.rate() * it.rows()).sum())
        .isCloseTo((double) evaluation.positives(), within(1e-9));
  }

  private static void assertSame(double actual, double expected) {
    if (Double.isNaN(expected)) {
      assertThat(actual).isNaN();
    } else {
      assertThat(actual).isCloseTo(expected, within(1e-12));
    }
  }

  private static double naiveAuc(double[] scores, boolean[] positive) {
    double won = 0;
    double pairs = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < scores.length; j++) {
        if (positive[i] && !positive[j]) {
          pairs++;
          won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        }
      }
    }
    return won / pairs;
  }

  private static double naiveAveragePrecision(double[] scores, boolean[] positive) {
    double[] thresholds = Arrays.stream(scores).distinct().sorted().toArray();
    double all = count(scores, positive, 0, true);
    double area = 0;
    double recallBefore = 0;
    for (int i = thresholds.length - 1; i >= 0; i--) {
      double found = count(scores, positive, thresholds[i], true);
      double wrong = count(scores, positive, thresholds[i], false);
      area += (found / all - recallBefore) * found / (found + wrong);
      recallBefore = found / all;
    }
    return area;
  }

  private static double count(
      double[] scores, boolean[] positive, double threshold, boolean outcome) {
    double count = 0;
    for (int row = 0; row < scores.length; row++) {
      if (scores[row] >= threshold && positive[row] == outcome) {
        count++;
      }
    }
    return count;
  }
}
