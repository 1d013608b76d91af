package dev.presage.retrain.report;

import dev.presage.retrain.report.Chart.Bar;
import dev.presage.retrain.report.Chart.Dot;
import dev.presage.retrain.report.Chart.Line;
import dev.presage.retrain.report.RunReport.Bin;
import dev.presage.retrain.report.RunReport.Decile;
import dev.presage.retrain.report.RunReport.Figure;
import dev.presage.retrain.report.RunReport.PredictorFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The charts of a report. */
final class Charts {
  private static final String MODEL = "model";
  private static final String BASELINE = "baseline";
  private static final String GUIDE = "guide";
  private static final int DECILES = 10;

  private Charts() {}

  static Chart roc(PredictorFigures model, PredictorFigures baseline) {
    Axis x = across(0, 1);
    Axis y = upwards(0, 1);
    return new Chart(
        "roc",
        "ROC curve",
        "The share of the positives that is found against the share of the negatives that is taken with them. "
            + areas("The area under it", "auc", model, baseline),
        "share of the negatives selected",
        "share of the positives found",
        x.ticks(),
        y.ticks(),
        List.of(
            new Line(GUIDE, "chance", path(x, y, List.of(List.of(0.0, 0.0), List.of(1.0, 1.0)))),
            new Line(BASELINE, baseline.name(), path(x, y, baseline.curves().roc())),
            new Line(MODEL, MODEL, path(x, y, model.curves().roc()))),
        List.of(),
        List.of());
  }

  static Chart precisionRecall(PredictorFigures model, PredictorFigures baseline) {
    Axis x = across(0, 1);
    Axis y = upwards(0, 1);
    double rate = model.rows() == 0 ? 0 : model.positives() / (double) model.rows();
    return new Chart(
        "pr",
        "Precision and recall",
        "How many of the selected are positive against how many of the positives are selected. "
            + areas("The average precision", "prAuc", model, baseline),
        "recall",
        "precision",
        x.ticks(),
        y.ticks(),
        List.of(
            new Line(GUIDE, "chance", path(x, y, List.of(List.of(0.0, rate), List.of(1.0, rate)))),
            new Line(BASELINE, baseline.name(), path(x, y, baseline.curves().precisionRecall())),
            new Line(MODEL, MODEL, path(x, y, model.curves().precisionRecall()))),
        List.of(),
        List.of());
  }

  static Chart lift(PredictorFigures model, PredictorFigures baseline) {
    double most = 1;
    for (List<Double> point : model.curves().lift()) {
      most = Math.max(most, point.get(1));
    }
    for (List<Double> point : baseline.curves().lift()) {
      most = Math.max(most, point.get(1));
    }
    Axis x = across(0, 1);
    Axis y = upwards(0, most * 1.05);
    return new Chart(
        "lift",
        "Lift",
        "How many times as many positives are among those with the highest scores as among all. "
            + areas("In the top 10% it", "liftTop10", model, baseline),
        "share of all selected, highest scores first",
        "lift",
        x.ticks(),
        y.ticks(),
        List.of(
            new Line(GUIDE, "chance", path(x, y, List.of(List.of(0.0, 1.0), List.of(1.0, 1.0)))),
            new Line(BASELINE, baseline.name(), path(x, y, baseline.curves().lift())),
            new Line(MODEL, MODEL, path(x, y, model.curves().lift()))),
        List.of(),
        List.of());
  }

  static Chart calibration(PredictorFigures model) {
    double most = 0;
    for (Decile decile : model.calibration()) {
      Double high = decile.high();
      most = Math.max(most, Math.max(decile.meanScore(), high == null ? decile.rate() : high));
    }
    double end = most > 0 ? Math.min(1, most * 1.05) : 1;
    Axis x = across(0, end);
    Axis y = upwards(0, end);
    List<Dot> dots = new ArrayList<>();
    for (Decile decile : model.calibration()) {
      Double low = decile.low();
      Double high = decile.high();
      dots.add(
          new Dot(
              Chart.number(x.at(decile.meanScore())),
              Chart.number(y.at(decile.rate())),
              Chart.number(y.at(low == null ? decile.rate() : low)),
              Chart.number(y.at(high == null ? decile.rate() : high)),
              String.format(
                  Locale.ROOT,
                  "decile %d: foretold %.3f, happened %.3f, %,d rows",
                  decile.decile(),
                  decile.meanScore(),
                  decile.rate(),
                  decile.rows())));
    }
    return new Chart(
        "calibration",
        "Calibration",
        "What was foretold against what happened, by tenths of the score, with intervals of 95%. On the line both are the same. "
            + figure(
                "The slope of the logistic recalibration", model.figures().get("calibrationSlope")),
        "mean score",
        "share of positives",
        x.ticks(),
        y.ticks(),
        List.of(
            new Line(
                GUIDE,
                "foretold as it happens",
                path(x, y, List.of(List.of(0.0, 0.0), List.of(end, end))))),
        List.of(),
        dots);
  }

  static Chart gain(PredictorFigures model, PredictorFigures baseline) {
    Axis x = across(0, 1);
    Axis y = upwards(0, 1);
    return new Chart(
        "gain",
        "Gain",
        "How much of all that came those brought who had the highest predictions. "
            + areas("The normalised Gini", "normalisedGini", model, baseline),
        "share of all selected, highest predictions first",
        "share of the sum",
        x.ticks(),
        y.ticks(),
        List.of(
            new Line(GUIDE, "chance", path(x, y, List.of(List.of(0.0, 0.0), List.of(1.0, 1.0)))),
            new Line(BASELINE, baseline.name(), path(x, y, baseline.curves().gain())),
            new Line(MODEL, MODEL, path(x, y, model.curves().gain()))),
        List.of(),
        List.of());
  }

  static Chart amounts(PredictorFigures model) {
    double most = 0;
    for (Decile decile : model.calibration()) {
      most = Math.max(most, Math.max(decile.meanScore(), decile.rate()));
    }
    Axis x = across(0.5, DECILES + 0.5);
    Axis y = upwards(0, most > 0 ? most * 1.05 : 1);
    List<Bar> bars = new ArrayList<>();
    for (Decile decile : model.calibration()) {
      double middle = x.at(decile.decile());
      double half = (x.at(1.4) - x.at(0.6)) / 2;
      bars.add(amount("other", decile, "happened", decile.rate(), middle - half, half, y));
      bars.add(amount(MODEL, decile, "foretold", decile.meanScore(), middle, half, y));
    }
    return new Chart(
        "amounts",
        "Amounts by decile",
        "The mean that was foretold (dark) beside the mean that came (pale), by tenths of the prediction. "
            + figure(
                "The sum of what was foretold divided by the sum of what came",
                model.figures().get("sumRatio")),
        "tenth of the rows, lowest predictions first",
        "mean amount",
        x.ticks(),
        y.ticks(),
        List.of(),
        bars,
        List.of());
  }

  private static Bar amount(
      String style, Decile decile, String what, double amount, double x, double width, Axis y) {
    double top = y.at(Math.max(0, amount));
    return new Bar(
        style,
        Chart.number(x),
        Chart.number(top),
        Chart.number(Math.max(width - 1, 0.5)),
        Chart.number(Chart.BOTTOM - top),
        String.format(
            Locale.ROOT,
            "decile %d: %s %,.2f, %,d rows",
            decile.decile(),
            what,
            amount,
            decile.rows()));
  }

  static Chart distribution(List<Bin> bins) {
    double most = 0;
    for (Bin bin : bins) {
      most = Math.max(most, Math.max(bin.negatives(), bin.positives()));
    }
    Axis x = across(0, bins.isEmpty() ? 1 : bins.getLast().until());
    Axis y = upwards(0, most > 0 ? most * 1.05 : 1);
    List<Bar> bars = new ArrayList<>();
    for (Bin bin : bins) {
      double from = x.at(bin.from());
      double half = (x.at(bin.until()) - from) / 2;
      bars.add(bar("other", bin, "negatives", bin.negatives(), from, half, y));
      bars.add(bar(MODEL, bin, "positives", bin.positives(), from + half, half, y));
    }
    return new Chart(
        "scores",
        "Distribution of scores",
        "The share of the positives (dark) and of the negatives (pale) in each range of scores. The less they overlap, the better the model tells them apart.",
        "score",
        "share",
        x.ticks(),
        y.ticks(),
        List.of(),
        bars,
        List.of());
  }

  private static Bar bar(
      String style, Bin bin, String what, double share, double x, double width, Axis y) {
    double top = y.at(share);
    return new Bar(
        style,
        Chart.number(x),
        Chart.number(top),
        Chart.number(Math.max(width - 1, 0.5)),
        Chart.number(Chart.BOTTOM - top),
        String.format(
            Locale.ROOT,
            "%.3f to %.3f: %.1f%% of the %s",
            bin.from(),
            bin.until(),
            share * 100,
            what));
  }

  private static Axis across(double from, double until) {
    return new Axis(from, until, Chart.LEFT, Chart.RIGHT);
  }

  private static Axis upwards(double from, double until) {
    return new Axis(from, until, Chart.BOTTOM, Chart.TOP);
  }

  private static String path(Axis x, Axis y, List<List<Double>> points) {
    StringBuilder path = new StringBuilder();
    for (List<Double> point : points) {
      path.append(path.isEmpty() ? "M" : " L")
          .append(Chart.number(x.at(point.get(0))))
          .append(' ')
          .append(Chart.number(y.at(point.get(1))));
    }
    return path.toString();
  }

  private static String areas(
      String what, String key, PredictorFigures model, PredictorFigures baseline) {
    return figure(what, model.figures().get(key))
        + " "
        + figure("That of the " + baseline.name(), baseline.figures().get(key));
  }

  private static String figure(String what, @Nullable Figure figure) {
    return figure == null
        ? what + " is not defined."
        : String.format(Locale.ROOT, "%s is %.3f.", what, figure.value());
  }
}
