package dev.presage.retrain.runs;

import dev.presage.retrain.evaluation.Evaluation;
import dev.presage.retrain.evaluation.Figure;
import java.util.Map;
import java.util.TreeMap;

/**
 * A report's figures by name, as an artefact carries them, with the ends of their intervals. Those
 * that are not defined are out.
 */
final class ReportMetrics {
  private ReportMetrics() {}

  static Map<String, Double> of(TrainingReport report) {
    Map<String, Double> metrics = new TreeMap<>();
    put(metrics, "", report.model());
    put(metrics, "baseline.", report.baseline());
    put(metrics, "calendar.", report.calendarModel());
    Evaluation incumbent = report.judged().incumbent();
    if (incumbent != null) {
      put(metrics, "incumbent.", incumbent);
    }
    report
        .judged()
        .populations()
        .forEach(
            (population, evaluation) ->
                put(metrics, "population." + population.key() + ".", evaluation));
    return metrics;
  }

  private static void put(Map<String, Double> metrics, String prefix, Evaluation evaluation) {
    metrics.put(prefix + "rows", (double) evaluation.rows());
    metrics.put(prefix + "positives", (double) evaluation.positives());
    for (Figure figure : evaluation.figures()) {
      double value = evaluation.value(figure);
      if (!Double.isNaN(value)) {
        metrics.put(prefix + figure.key(), value);
      }
      evaluation
          .interval(figure)
          .ifPresent(
              interval -> {
                metrics.put(prefix + figure.key() + ".low", interval.low());
                metrics.put(prefix + figure.key() + ".high", interval.high());
              });
    }
  }
}
