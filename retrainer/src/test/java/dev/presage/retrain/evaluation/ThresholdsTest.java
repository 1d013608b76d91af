package dev.presage.retrain.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.presage.retrain.evaluation.ThresholdGoal.MostF1;
import dev.presage.retrain.evaluation.ThresholdGoal.PrecisionAtLeast;
import dev.presage.retrain.evaluation.ThresholdGoal.RecallAtLeast;
import dev.presage.retrain.evaluation.ThresholdGoal.TopShare;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ThresholdsTest {
  /** From the highest: positive, negative, positive, positive, negative, negative. */
  private static final Thresholds SIX =
      Thresholds.of(
          new double[] {0.9, 0.8, 0.7, 0.6, 0.5, 0.4},
          new boolean[] {true, false, true, true, false, false},
          new double[] {1, 1, 1, 1, 1, 1});

  @Test
  void shouldFindTheBestBalance() {
    Threshold best = SIX.best(new MostF1()).orElseThrow();

    assertThat(best.score()).isEqualTo(0.6);
    assertThat(best.precision()).isEqualTo(0.75);
    assertThat(best.recall()).isEqualTo(1);
    assertThat(best.share()).isCloseTo(4 / 6.0, within(1e-12));
    assertThat(best.f1()).isCloseTo(1.5 / 1.75, within(1e-12));
  }

  @Test
  void shouldSelectAsManyAsThePrecisionAllows() {
    assertThat(SIX.best(new PrecisionAtLeast(0.75)).orElseThrow().score()).isEqualTo(0.6);
    assertThat(SIX.best(new PrecisionAtLeast(0.76)).orElseThrow().score()).isEqualTo(0.9);
  }

  @Test
  void shouldSelectAsFewOthersAsTheRecallAllows() {
    assertThat(SIX.best(new RecallAtLeast(0.3)).orElseThrow().score()).isEqualTo(0.9);
    assertThat(SIX.best(new RecallAtLeast(0.6)).orElseThrow().score()).isEqualTo(0.6);
  }

  @Test
  void shouldSelectAShareAndNoMore() {
    assertThat(SIX.best(new TopShare(0.5)).orElseThrow().score()).isEqualTo(0.7);
    assertThat(SIX.best(new TopShare(0.49)).orElseThrow().score()).isEqualTo(0.8);
    assertThat(SIX.best(new TopShare(0.1))).isEmpty();
  }

  @Test
  void shouldSayWhereAGoalIsOutOfReach() {
    Thresholds worst =
        Thresholds.of(new double[] {0.9, 0.1}, new boolean[] {false, true}, new double[] {1, 1});

    assertThat(worst.best(new PrecisionAtLeast(0.6))).isEmpty();
    assertThat(worst.best(new PrecisionAtLeast(0.5)).orElseThrow().score()).isEqualTo(0.1);
    assertThat(Thresholds.of(new double[0], new boolean[0], new double[0]).best(new MostF1()))
        .isEmpty();
  }

  @Test
  void shouldRefuseGoalsThatAreNoShares() {
    assertThatThrownBy(() -> new PrecisionAtLeast(1.2)).hasMessageContaining("precision");
    assertThatThrownBy(() -> new RecallAtLeast(0)).hasMessageContaining("recall");
    assertThatThrownBy(() -> new TopShare(Double.NaN)).hasMessageContaining("NaN");
  }

  /** The naive twin counts anew for every score. */
  @Property
  void shouldAgreeWithCountingForEveryScore(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 12) Integer> twelfths,
      @ForAll long outcomeBits,
      @ForAll @IntRange(min = 1, max = 20) int twentieths) {
    double[] scores = twelfths.stream().mapToDouble(it -> it / 12.0).toArray();
    boolean[] positive = new boolean[scores.length];
    double[] ones = new double[scores.length];
    for (int row = 0; row < scores.length; row++) {
      positive[row] = (outcomeBits >>> row & 1) == 1;
      ones[row] = 1;
    }
    double goal = twentieths / 20.0;

    Thresholds thresholds = Thresholds.of(scores, positive, ones);

    double mostF1 = 0;
    double mostRecall = -1;
    double mostPrecision = -1;
    double mostShare = -1;
    for (double score : scores) {
      Threshold it = count(scores, positive, score);
      mostF1 = Math.max(mostF1, it.f1());
      if (it.precision() >= goal - 1e-12) {
        mostRecall = Math.max(mostRecall, it.recall());
      }
      if (it.recall() >= goal - 1e-12) {
        mostPrecision = Math.max(mostPrecision, it.precision());
      }
      if (it.share() <= goal + 1e-12) {
        mostShare = Math.max(mostShare, it.share());
      }
    }
    assertThat(thresholds.best(new MostF1()).map(Threshold::f1).orElse(0.0))
        .isCloseTo(mostF1, within(1e-12));
    assertBest(thresholds.best(new PrecisionAtLeast(goal)).map(Threshold::recall), mostRecall);
    assertBest(thresholds.best(new RecallAtLeast(goal)).map(Threshold::precision), mostPrecision);
    assertBest(thresholds.best(new TopShare(goal)).map(Threshold::share), mostShare);
  }

  private static void assertBest(Optional<Double> actual, double expected) {
    if (actual.isPresent() && !actual.get().isNaN()) {
      assertThat(actual.get()).isCloseTo(expected, within(1e-12));
    } else if (actual.isEmpty()) {
      assertThat(expected).isEqualTo(-1);
    }
  }

  private static Threshold count(double[] scores, boolean[] positive, double from) {
    double selected = 0;
    double found = 0;
    double positives = 0;
    for (int row = 0; row < scores.length; row++) {
      selected += scores[row] >= from ? 1 : 0;
      found += scores[row] >= from && positive[row] ? 1 : 0;
      positives += positive[row] ? 1 : 0;
    }
    return new Threshold(from, selected / scores.length, found / selected, found / positives);
  }
}
