package dev.presage.retrain.report;

import dev.presage.retrain.report.Chart.Dot;
import dev.presage.retrain.report.Chart.Line;
import dev.presage.retrain.report.Chart.Tick;
import dev.presage.retrain.report.RunReport.ScoreSpan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Charts of scores over time. */
final class TimeCharts {
  private static final int MOST_TICKS = 5;

  /** In units of the chart, a little more than it is. */
  private static final double HALF_A_LETTER = 3.3;

  private TimeCharts() {}

  /**
   * How far the scores of each period are from those of the rows that judge.
   *
   * @param periods at least one
   */
  static Chart stability(List<ScoreSpan> periods) {
    List<ScoreSpan> known = periods.stream().filter(it -> it.index() != null).toList();
    double most = Page.LARGE_DRIFT;
    for (ScoreSpan it : known) {
      most = Math.max(most, index(it));
    }
    Axis x = axis(periods);
    Axis y = new Axis(0, most * 1.1, Chart.BOTTOM, Chart.TOP);
    List<Dot> dots = new ArrayList<>();
    for (ScoreSpan it : known) {
      String at = Chart.number(y.at(index(it)));
      dots.add(
          new Dot(
              Chart.number(x.at(middle(it))),
              at,
              at,
              at,
              String.format(
                  Locale.ROOT, "from %s: index %.4f, %,d rows", it.name(), index(it), it.rows())));
    }
    return new Chart(
        "stability",
        "Stability of the scores",
        "Population stability index of the scores of each period against those on the rows that judge. "
            + worst(known),
        "as-of time",
        "index",
        ticks(periods, x),
        y.ticks(),
        List.of(
            level(x, y, periods, Page.MODERATE_DRIFT, "moved"),
            level(x, y, periods, Page.LARGE_DRIFT, "moved far"),
            new Line("model", "scores", path(x, y, known, TimeCharts::index))),
        List.of(),
        dots);
  }

  /**
   * What was foretold beside what happened.
   *
   * @param periods at least one
   */
  static Chart foretold(List<ScoreSpan> periods) {
    double least = 0;
    double most = 0;
    for (ScoreSpan it : periods) {
      least = Math.min(least, Math.min(it.meanScore(), it.meanLabel()));
      most = Math.max(most, Math.max(it.meanScore(), it.meanLabel()));
    }
    Axis x = axis(periods);
    Axis y = new Axis(least, most > least ? most * 1.1 : least + 1, Chart.BOTTOM, Chart.TOP);
    return new Chart(
        "foretold",
        "Foretold and happened",
        "The mean of the scores and of what happened after them, by period. Where they part, the model has not seen why.",
        "as-of time",
        "mean",
        ticks(periods, x),
        y.ticks(),
        List.of(
            new Line("baseline", "happened", path(x, y, periods, ScoreSpan::meanLabel)),
            new Line("model", "foretold", path(x, y, periods, ScoreSpan::meanScore))),
        List.of(),
        List.of());
  }

  private static String worst(List<ScoreSpan> known) {
    ScoreSpan worst = null;
    for (ScoreSpan it : known) {
      worst = worst == null || index(it) > index(worst) ? it : worst;
    }
    return worst == null
        ? "No period has rows enough to tell."
        : String.format(
            Locale.ROOT, "It is highest in the one from %s: %.4f.", worst.name(), index(worst));
  }

  private static Axis axis(List<ScoreSpan> periods) {
    return new Axis(
        millis(periods.getFirst().from()),
        millis(periods.getLast().until()),
        Chart.LEFT,
        Chart.RIGHT);
  }

  private static List<Tick> ticks(List<ScoreSpan> periods, Axis x) {
    int step = Math.max(1, Math.ceilDiv(periods.size(), MOST_TICKS));
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < periods.size(); i += step) {
      double at = x.at(middle(periods.get(i)));
      String label = label(periods, periods.get(i));
      if (at + label.length() * HALF_A_LETTER <= Chart.WIDTH) {
        ticks.add(new Tick(Chart.number(at), label));
      }
    }
    return ticks;
  }

  /** Without the day where all periods begin with a month. */
  private static String label(List<ScoreSpan> periods, ScoreSpan span) {
    boolean areMonths = periods.stream().allMatch(it -> it.name().endsWith("-01"));
    return areMonths ? span.name().substring(0, span.name().length() - 3) : span.name();
  }

  private static Line level(Axis x, Axis y, List<ScoreSpan> periods, double index, String name) {
    return new Line(
        "guide",
        name,
        "M%s %s L%s %s"
            .formatted(
                Chart.number(x.at(millis(periods.getFirst().from()))),
                Chart.number(y.at(index)),
                Chart.number(x.at(millis(periods.getLast().until()))),
                Chart.number(y.at(index))));
  }

  private static String path(
      Axis x, Axis y, List<ScoreSpan> periods, ToDoubleFunction<ScoreSpan> value) {
    StringBuilder path = new StringBuilder();
    for (ScoreSpan it : periods) {
      path.append(path.isEmpty() ? "M" : " L")
          .append(Chart.number(x.at(middle(it))))
          .append(' ')
          .append(Chart.number(y.at(value.applyAsDouble(it))));
    }
    return path.toString();
  }

  private static double index(ScoreSpan span) {
    Double index = span.index();
    return index == null ? 0 : index;
  }

  private static double middle(ScoreSpan span) {
    return (millis(span.from()) + millis(span.until())) / 2;
  }

  private static double millis(String time) {
    return Instant.parse(time).toEpochMilli();
  }
}
