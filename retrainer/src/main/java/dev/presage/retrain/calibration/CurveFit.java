package dev.presage.retrain.calibration;

import dev.presage.retrain.regression.LinkedRegression;
import dev.presage.retrain.regression.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Fits curves. */
final class CurveFit {
  private static final double RIDGE = 1e-6;

  private CurveFit() {}

  /** Platt's sigmoid; where it would fall it is level. */
  static Curve.Platt platt(MarginRows rows) {
    double[][] x = new double[rows.size()][];
    Arrays.setAll(x, row -> new double[] {rows.margins()[row]});
    double[] beta =
        new LinkedRegression(Loss.LOGISTIC, x, rows.labels(), rows.weights())
            .fit(RIDGE, new double[] {0, 1});
    return new Curve.Platt(beta[0], Math.max(beta[1], 0));
  }

  /**
   * The rates that never fall and fit best, by pooling adjacent violators (Ayer et al., 1955). A
   * knot lies at the mean margin of each pool, so that margins between two are told apart. No rate
   * is nearer to 0 or 1 than half a row is.
   */
  static Curve.Isotonic isotonic(MarginRows rows) {
    List<Pool> pools = new ArrayList<>();
    for (Pool next : byMargin(rows)) {
      Pool last = next;
      while (!pools.isEmpty() && pools.getLast().rate() >= last.rate()) {
        last = pools.removeLast().with(last);
      }
      pools.add(last);
    }
    double least = 0.5 / Arrays.stream(rows.weights()).sum();
    return new Curve.Isotonic(
        pools.stream().map(Pool::margin).toList(),
        pools.stream().map(it -> Math.clamp(it.rate(), least, 1 - least)).toList());
  }

  /** A pool for each margin, ascending. */
  private static List<Pool> byMargin(MarginRows rows) {
    Integer[] order = IntStream.range(0, rows.size()).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(row -> rows.margins()[row]));
    List<Pool> pools = new ArrayList<>();
    for (int row : order) {
      double weight = rows.weights()[row];
      double margin = rows.margins()[row];
      Pool next =
          new Pool(margin, margin, weight, rows.positive()[row] ? weight : 0, weight * margin);
      if (!pools.isEmpty() && pools.getLast().last == margin) {
        next = pools.removeLast().with(next);
      }
      pools.add(next);
    }
    return pools;
  }

  private record Pool(double first, double last, double weight, double positives, double margins) {
    double rate() {
      return positives / weight;
    }

    /** Between its ends, whatever is lost by adding. */
    double margin() {
      return Math.clamp(margins / weight, first, last);
    }

    Pool with(Pool next) {
      return new Pool(
          first,
          next.last,
          weight + next.weight,
          positives + next.positives,
          margins + next.margins);
    }
  }
}
