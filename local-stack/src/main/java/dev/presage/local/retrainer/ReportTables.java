package dev.presage.local.retrainer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.presage.local.console.TextTable;
import dev.presage.local.explain.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report of a training run as lines of text. */
public final class ReportTables {
  private static final int MOST_FEATURES = 10;
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
      add(lines, "Scores over time", spans(findings.path("scorePeriods")));
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
              List<String> row = new ArrayList<>(List.of(FigureNames.of(key)));
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
    figures.forEach(it -> head.add(FigureNames.of(it)));
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

  private static List<List<String>> spans(JsonNode periods) {
    List<List<String>> rows = new ArrayList<>();
    if (!periods.isEmpty()) {
      rows.add(List.of("from", "rows", "foretold", "happened", "PSI"));
    }
    for (JsonNode it : periods) {
      rows.add(
          List.of(
              it.path("name").asText(),
              String.format(Locale.ROOT, "%,d", it.path("rows").asLong()),
              number(it.path("meanScore")),
              number(it.path("meanLabel")),
              number(it.path("index"))));
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
