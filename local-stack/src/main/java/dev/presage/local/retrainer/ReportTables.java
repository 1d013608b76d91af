package dev.presage.local.retrainer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.presage.local.console.TextTable;
import dev.presage.local.explain.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report of a training run as lines of text. */
public final class ReportTables {
  private static final int MOST_FEATURES = 10;
  private static final Map<String, String> FIGURES =
      Map.ofEntries(
          Map.entry("auc", "ROC AUC"),
          Map.entry("prAuc", "PR AUC"),
          Map.entry("logLoss", "log loss"),
          Map.entry("normalisedCrossEntropy", "normalised cross-entropy"),
          Map.entry("brier", "Brier"),
          Map.entry("calibrationSlope", "calibration slope"),
          Map.entry("calibrationIntercept", "calibration intercept"),
          Map.entry("liftTop1", "lift, top 1%"),
          Map.entry("liftTop5", "lift, top 5%"),
          Map.entry("liftTop10", "lift, top 10%"),
          Map.entry("liftTop20", "lift, top 20%"),
          Map.entry("deviance", "Tweedie deviance"),
          Map.entry("normalisedGini", "normalised Gini"),
          Map.entry("spearman", "rank correlation"),
          Map.entry("mae", "mean absolute error"),
          Map.entry("rmse", "root mean squared error"),
          Map.entry("sumRatio", "sum foretold / sum that came"));
  private static final List<String> OF_LIKELIHOODS = List.of("auc", "logLoss");
  private static final List<String> OF_VALUES = List.of("normalisedGini", "deviance");

  private ReportTables() {}

  /** All of it. */
  public static List<String> lines(JsonNode report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        TerminalText.of(
            "%s: run %s is %s"
                .formatted(
                    report.path("trait").asText(),
                    report.path("run").asText(),
                    report.path("state").asText())));
    if (report.hasNonNull("modelVersion")) {
      lines.add(TerminalText.of("model " + report.path("modelVersion").asText()));
    }
    if (report.hasNonNull("reason")) {
      lines.add(TerminalText.of(report.path("reason").asText()));
    }
    JsonNode findings = report.path("findings");
    if (findings.isObject()) {
      add(lines, "On held-out rows, with intervals of 95%", figures(findings.path("predictors")));
      add(lines, "By population", populations(findings));
      if (!findings.path("thresholds").isEmpty()) {
        add(lines, "Thresholds", thresholds(findings.path("thresholds")));
      }
      add(lines, "Most important features", numbers(findings.path("importance")));
      add(lines, "Features that moved most (PSI)", numbers(findings.path("stability")));
    }
    return lines;
  }

  private static void add(List<String> lines, String title, List<List<String>> rows) {
    if (!rows.isEmpty()) {
      lines.add("");
      lines.add(title);
      lines.addAll(
          TextTable.aligned(
              rows.stream().map(row -> row.stream().map(TerminalText::of).toList()).toList()));
    }
  }

  private static List<List<String>> figures(JsonNode predictors) {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("figure"));
    predictors.forEach(it -> head.add(it.path("name").asText()));
    rows.add(head);
    predictors
        .path(0)
        .path("figures")
        .fieldNames()
        .forEachRemaining(
            key -> {
              List<String> row = new ArrayList<>(List.of(FIGURES.getOrDefault(key, key)));
              predictors.forEach(it -> row.add(figure(it.path("figures").path(key))));
              rows.add(row);
            });
    return rows;
  }

  private static List<List<String>> populations(JsonNode findings) {
    boolean isValue = findings.path("data").path("kind").asText().equals("VALUE");
    List<String> figures = isValue ? OF_VALUES : OF_LIKELIHOODS;
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>();
    head.addAll(List.of("population", "rows", isValue ? "above 0" : "positives"));
    figures.forEach(it -> head.add(FIGURES.getOrDefault(it, it)));
    rows.add(head);
    for (JsonNode it : findings.path("populations")) {
      List<String> row = new ArrayList<>();
      row.add(it.path("name").asText());
      row.add(String.format(Locale.ROOT, "%,d", it.path("rows").asLong()));
      row.add(String.format(Locale.ROOT, "%,d", it.path("positives").asLong()));
      figures.forEach(key -> row.add(figure(it.path("figures").path(key))));
      rows.add(row);
    }
    return rows;
  }

  private static List<List<String>> thresholds(JsonNode thresholds) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("goal", "score from", "selected", "precision", "recall"));
    for (JsonNode it : thresholds) {
      rows.add(
          List.of(
              it.path("goal").asText(),
              number(it.path("score")),
              number(it.path("share")),
              number(it.path("precision")),
              number(it.path("recall"))));
    }
    return rows;
  }

  private static List<List<String>> numbers(JsonNode numbers) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode it : numbers) {
      if (rows.size() < MOST_FEATURES) {
        rows.add(List.of(it.path("feature").asText(), number(it.path("value"))));
      }
    }
    return rows;
  }

  private static String figure(JsonNode figure) {
    return figure.hasNonNull("low")
        ? "%s (%s to %s)"
            .formatted(
                number(figure.path("value")),
                number(figure.path("low")),
                number(figure.path("high")))
        : number(figure.path("value"));
  }

  private static String number(JsonNode number) {
    return number.isNumber() ? String.format(Locale.ROOT, "%.4f", number.asDouble()) : "-";
  }
}
