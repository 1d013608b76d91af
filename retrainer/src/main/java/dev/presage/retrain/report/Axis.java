package dev.presage.retrain.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Maps numbers to places in a chart, evenly. */
final class Axis {
  private static final int MOST_TICKS = 6;
  private static final double[] STEPS = {1, 2, 5, 10};
  private static final double ROUNDING = 1e-9;

  private final double from;
  private final double until;
  private final double start;
  private final double end;

  /**
   * @param from the number at the start
   * @param until the number at the end, greater
   * @param start place of the start, in units of the chart
   * @param end place of the end
   */
  Axis(double from, double until, double start, double end) {
    if (!(from < until)) {
      throw new IllegalArgumentException(
          "An axis runs from a number to a greater one, here from %s to %s".formatted(from, until));
    }
    this.from = from;
    this.until = until;
    this.start = start;
    this.end = end;
  }

  /** Where a number is; those beyond the ends are at the ends. */
  double at(double number) {
    double share = (Math.clamp(number, from, until) - from) / (until - from);
    return start + share * (end - start);
  }

  /** Round numbers to be marked, and where they are. */
  List<Chart.Tick> ticks() {
    double step = step();
    int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step) - ROUNDING));
    List<Chart.Tick> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(from / step - ROUNDING);
        i * step <= until + ROUNDING * step;
        i++) {
      ticks.add(
          new Chart.Tick(
              Chart.number(at(i * step)),
              String.format(Locale.ROOT, "%." + decimals + "f", i * step)));
    }
    return ticks;
  }

  private double step() {
    double least = (until - from) / (MOST_TICKS - 1);
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (double step : STEPS) {
      if (step * power >= least * (1 - ROUNDING)) {
        return step * power;
      }
    }
    return 10 * power;
  }
}
