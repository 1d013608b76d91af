package dev.presage.retrain.runs;

import dev.presage.retrain.evaluation.Evaluation;
import java.util.Map;
import java.util.TreeMap;

/** A report's figures by name, as an artefact carries them. Those that are not defined are out. */
final class ReportMetrics {
  private ReportMetrics() {}

  static Map<String, Double> of(TrainingReport report) {
    Map<String, Double> metrics = new TreeMap<>();
    put(metrics, "", report.model());
    put(metrics, "baseline.", report.baseline());
    put(metrics, "calendar.", report.calendarModel());
    return metrics;
  }

  private static void put(Map<String, Double> metrics, String prefix, Evaluation evaluation) {
    Map<String, Double> all =
        Map.of(
            "rows", (double) evaluation.rows(),
            "positives", (double) evaluation.positives(),
            "auc", evaluation.auc(),
            "prAuc", evaluation.prAuc(),
            "logLoss", evaluation.logLoss(),
            "brier", evaluation.brier());
    all.forEach(
        (name, value) -> {
          if (!Double.isNaN(value)) {
            metrics.put(prefix + name, value);
          }
        });
  }
}
