package dev.presage.retrain.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.presage.model.ModelRefusedException;
import dev.presage.model.Predictor;
import dev.presage.model.calibration.Calibration;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CurveFitTest {

  @Test
  void shouldPoolWhatFalls() {
    MarginRows rows =
        new MarginRows(
            new double[] {3, 1, 2, 0},
            new boolean[] {true, true, false, false},
            new double[] {1, 1, 1, 1});

    Curve.Isotonic curve = CurveFit.isotonic(rows);

    assertThat(curve.x()).containsExactly(0.0, 1.5, 3.0);
    assertThat(curve.y()).containsExactly(0.125, 0.5, 0.875);
    assertThat(curve.at(0.75)).isCloseTo(0.3125, within(1e-12));
    assertThat(curve.at(-9)).isEqualTo(0.125);
    assertThat(curve.at(9)).isEqualTo(0.875);
  }

  /** The best fit that never falls is the greatest of the least means over intervals. */
  @Property(tries = 200)
  void shouldFitAsTheNaiveFormulaSays(
      @ForAll @Size(min = 1, max = 12) List<@DoubleRange(min = -2, max = 2) Double> drawn,
      @ForAll @Size(12) List<Boolean> outcomes) {
    double[] margins =
        drawn.stream().mapToDouble(it -> Math.round(it * 2) / 2.0).sorted().toArray();
    boolean[] positive = new boolean[margins.length];
    double[] weights = new double[margins.length];
    for (int i = 0; i < margins.length; i++) {
      positive[i] = outcomes.get(i);
      weights[i] = 1 + i % 3;
    }
    MarginRows rows = new MarginRows(margins, positive, weights);

    Curve.Isotonic curve = CurveFit.isotonic(rows);

    assertThat(curve.x()).isSorted().doesNotHaveDuplicates();
    assertThat(curve.y()).isSorted();
    double least = 0.5 / Arrays.stream(weights).sum();
    double[] fitted = new double[margins.length];
    for (int i = 0; i < margins.length; i++) {
      fitted[i] = Math.clamp(naive(rows, margins[i]), least, 1 - least);
    }
    assertThat(curve.y())
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b))
        .containsExactlyElementsOf(
            Arrays.stream(fitted).map(it -> Math.rint(it * 1e9) / 1e9).distinct().boxed().toList());
  }

  @Property(tries = 50)
  void shouldServeWhatWasFitted(@ForAll @DoubleRange(min = -30, max = 30) double margin)
      throws ModelRefusedException {
    for (Curve curve :
        List.of(
            new Curve.Platt(-0.3, 1.7),
            new Curve.Isotonic(List.of(-2.0, 0.5, 3.0), List.of(0.1, 0.1, 0.9)))) {
      Predictor served = Calibration.of(curve.toAvro()).on(always(margin));

      assertThat(served.predict(new double[0])).isEqualTo(curve.at(margin));
    }
  }

  private static Predictor always(double margin) {
    return new Predictor() {
      @Override
      public int features() {
        return 0;
      }

      @Override
      public double margin(double[] vector) {
        return margin;
      }

      @Override
      public double predict(double[] vector) {
        throw new AssertionError("the calibration is of the margin");
      }
    };
  }

  /** max over starts of min over ends of the weighted mean, where equal margins are one. */
  private static double naive(MarginRows rows, double at) {
    double[] distinct = Arrays.stream(rows.margins()).distinct().toArray();
    double best = 0;
    for (double from : distinct) {
      double least = 1;
      for (double until : distinct) {
        if (from <= at && until >= at) {
          least = Math.min(least, mean(rows, from, until));
        }
      }
      best = from <= at ? Math.max(best, least) : best;
    }
    return best;
  }

  private static double mean(MarginRows rows, double from, double until) {
    double positives = 0;
    double weight = 0;
    for (int i = 0; i < rows.size(); i++) {
      if (rows.margins()[i] >= from && rows.margins()[i] <= until) {
        weight += rows.weights()[i];
        positives += rows.positive()[i] ? rows.weights()[i] : 0;
      }
    }
    return positives / weight;
  }
}
