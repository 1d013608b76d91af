package dev.presage.local.retrainer;

import dev.presage.local.retrainer.Quality.Amounts;
import dev.presage.local.retrainer.Quality.Decile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The quality of a model beside its baseline, as lines of text. */
public final class QualityTable {

  private QualityTable() {}

  /** The figures alone. */
  public static List<String> figures(Quality quality) {
    List<String> lines = new ArrayList<>();
    lines.add("%-12s %12s  %s".formatted("", "model", "baseline: " + quality.baselineFeature()));
    Amounts model = quality.model().amounts();
    Amounts baseline = quality.baseline().amounts();
    if (model != null && baseline != null) {
      lines.add(figure("deviance", model.deviance(), baseline.deviance(), "lower"));
      lines.add(figure("Gini", model.normalisedGini(), baseline.normalisedGini(), "higher"));
      lines.add(figure("MAE", model.mae(), baseline.mae(), "lower"));
      lines.add(figure("RMSE", model.rmse(), baseline.rmse(), "lower"));
      lines.add(figure("sum ratio", model.sumRatio(), baseline.sumRatio(), "near 1"));
      return lines;
    }
    lines.add(figure("ROC AUC", quality.model().auc(), quality.baseline().auc(), "higher"));
    lines.add(figure("PR AUC", quality.model().prAuc(), quality.baseline().prAuc(), "higher"));
    lines.add(figure("log loss", quality.model().logLoss(), quality.baseline().logLoss(), "lower"));
    return lines;
  }

  /** The figures, then the calibration by decile. */
  public static List<String> lines(Quality quality) {
    List<String> lines = new ArrayList<>(figures(quality));
    lines.add("");
    lines.add("%-12s %26s   %26s".formatted("calibration", "model", "baseline"));
    lines.add(
        "%-12s %8s %8s %8s   %8s %8s %8s"
            .formatted("decile", "rows", "foretold", "happened", "rows", "foretold", "happened"));
    for (int decile = 1; decile <= 10; decile++) {
      lines.add(
          "%-12d %s   %s"
              .formatted(
                  decile,
                  decile(quality.model().calibration(), decile),
                  decile(quality.baseline().calibration(), decile)));
    }
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d rows, %,d of them %s",
            quality.rows(),
            quality.positives(),
            quality.model().amounts() == null ? "positive" : "above 0"));
    if (quality.openRows() > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%,d more rows are left out, as their horizon is not over",
              quality.openRows()));
    }
    return lines;
  }

  private static String figure(String name, double model, double baseline, String better) {
    return String.format(
        Locale.ROOT, "%-12s %12.4f  %.4f  (%s is better)", name, model, baseline, better);
  }

  private static String decile(List<Decile> deciles, int number) {
    return deciles.stream()
        .filter(it -> it.decile() == number)
        .findFirst()
        .map(
            it ->
                String.format(Locale.ROOT, "%8d %8.3f %8.3f", it.rows(), it.meanScore(), it.rate()))
        .orElse("%8s %8s %8s".formatted("-", "-", "-"));
  }
}
