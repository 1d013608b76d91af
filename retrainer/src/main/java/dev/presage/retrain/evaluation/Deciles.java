package dev.presage.retrain.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tenths of rows by score. Rows of equal score share the decile of their mean rank, so that the
 * order of rows does not matter; with many ties a decile can be empty.
 */
final class Deciles {
  static final int COUNT = 10;

  private final Order order;

  /** From 0, in this order. */
  private final int[] deciles;

  private final double[] weight = new double[COUNT];
  private final double[] outcomes = new double[COUNT];

  Deciles(Order order, double[] weights) {
    this.order = order;
    this.deciles = new int[order.size()];
    double all = Arrays.stream(weights).sum();
    double above = 0;
    double tie = 0;
    int first = 0;
    for (int i = 0; i < deciles.length; i++) {
      tie += weights[order.rows[i]];
      if (order.endsTie[i]) {
        double below = all - above - tie;
        int decile = Math.clamp((int) ((below + tie / 2) * COUNT / all), 0, COUNT - 1);
        Arrays.fill(deciles, first, i + 1, decile);
        above += tie;
        tie = 0;
        first = i + 1;
      }
    }
  }

  /**
   * Computes the mean outcome of each decile.
   *
   * @param ordered weights in the order of the scores
   * @param happened outcomes in the order of the scores
   * @param target means are written from {@code at} on; NaN where a decile is empty
   */
  void writeMeans(double[] ordered, double[] happened, double[] target, int at) {
    Arrays.fill(weight, 0);
    Arrays.fill(outcomes, 0);
    for (int i = 0; i < deciles.length; i++) {
      weight[deciles[i]] += ordered[i];
      outcomes[deciles[i]] += ordered[i] * happened[i];
    }
    for (int decile = 0; decile < COUNT; decile++) {
      target[at + decile] = outcomes[decile] / weight[decile];
    }
  }

  /** The deciles that have rows, lowest scores first. */
  List<CalibrationDecile> list(double[] scores, double[] weights, ResampledFigures means, int at) {
    long[] rows = new long[COUNT];
    double[] sums = new double[COUNT];
    double[] all = new double[COUNT];
    for (int i = 0; i < deciles.length; i++) {
      int row = order.rows[i];
      rows[deciles[i]]++;
      sums[deciles[i]] += weights[row] * scores[row];
      all[deciles[i]] += weights[row];
    }
    List<CalibrationDecile> list = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      if (all[i] > 0) {
        list.add(
            new CalibrationDecile(
                i + 1,
                rows[i],
                sums[i] / all[i],
                means.value(at + i),
                means.interval(at + i).orElse(null)));
      }
    }
    return list;
  }
}
