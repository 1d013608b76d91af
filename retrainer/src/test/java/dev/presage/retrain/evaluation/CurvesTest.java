package dev.presage.retrain.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CurvesTest {

  @Test
  void shouldGoThroughThePointsComputedByHand() {
    Curves curves =
        Curves.of(
            new double[] {0.9, 0.7, 0.7, 0.1},
            new boolean[] {true, true, false, false},
            new double[] {1, 1, 1, 1});

    assertThat(curves.roc())
        .containsExactly(new Point(0, 0), new Point(0, 0.5), new Point(0.5, 1), new Point(1, 1));
    assertThat(curves.precisionRecall())
        .extracting(Point::y)
        .satisfies(it -> assertThat(it.get(1)).isCloseTo(2 / 3.0, within(1e-12)));
    assertThat(curves.lift().getFirst()).isEqualTo(new Point(0.25, 2));
    assertThat(curves.lift().getLast()).isEqualTo(new Point(1, 1));
  }

  /** The trapezoids under the points that are left make nearly the whole area. */
  @Test
  void shouldKeepTheShapeWithFewPoints() {
    Random random = new Random(2);
    double[] scores = random.doubles(50_000).toArray();
    boolean[] positive = new boolean[scores.length];
    double[] ones = new double[scores.length];
    Arrays.fill(ones, 1);
    for (int row = 0; row < scores.length; row++) {
      positive[row] = random.nextDouble() < scores[row];
    }

    List<Point> roc = Curves.of(scores, positive, ones).roc();

    double area = 0;
    for (int i = 1; i < roc.size(); i++) {
      area += (roc.get(i).x() - roc.get(i - 1).x()) * (roc.get(i).y() + roc.get(i - 1).y()) / 2;
    }
    assertThat(roc).hasSizeLessThan(210);
    assertThat(area).isCloseTo(Evaluation.of(scores, positive).auc(), within(1e-4));
  }

  @Test
  void shouldDrawNothingOfOneOutcome() {
    Curves curves =
        Curves.of(new double[] {0.1, 0.2}, new boolean[] {true, true}, new double[] {1, 1});

    assertThat(curves.roc()).isEmpty();
    assertThat(curves.lift()).isEmpty();
  }

  @Test
  void shouldCountScoresByWhatHappened() {
    List<ScoreBin> bins =
        ScoreBin.of(
            new double[] {0, 0.19, 0.2, 0.4},
            new boolean[] {false, true, false, true},
            new double[] {1, 2, 3, 4});

    assertThat(bins).hasSize(20);
    assertThat(bins.getFirst().negatives()).isEqualTo(1);
    assertThat(bins.getLast().positives()).isEqualTo(4);
    assertThat(bins.getLast().until()).isCloseTo(0.4, within(1e-12));
    assertThat(bins.stream().mapToDouble(it -> it.negatives() + it.positives()).sum())
        .isEqualTo(10);
    assertThat(ScoreBin.of(new double[0], new boolean[0], new double[0])).isEmpty();
  }
}
