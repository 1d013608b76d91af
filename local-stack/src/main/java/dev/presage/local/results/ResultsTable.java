package dev.presage.local.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What models are worth, as a table in Markdown, and as JSON. */
public final class ResultsTable {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final List<String> FIGURES =
      List.of("auc", "prAuc", "logLoss", "normalisedCrossEntropy", "liftTop10");
  private static final Map<String, String> CONSTANTS =
      Map.of(
          "constant", "everybody the rate of all training rows",
          "previous-rate", "everybody the rate of the rows that chose");
  private static final String NONE = "–";

  private ResultsTable() {}

  /** The tables, one below the other. */
  public static List<String> lines(List<TraitResult> results) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "| trait | trained on | as-of times of the rows that judge | rows | positives | gate |");
    lines.add("|---|---|---|---|---|---|");
    results.forEach(it -> lines.add(rows(it)));
    lines.add("");
    lines.add(
        "| trait | predictor | ROC AUC | PR AUC | log loss | normalised cross-entropy | lift, top 10% |");
    lines.add("|---|---|---|---|---|---|---|");
    for (TraitResult result : results) {
      if (result.isJudged()) {
        lines.addAll(figures(result));
      }
    }
    lines.add("");
    results.forEach(
        it -> lines.add("- %s: %s".formatted(it.trait(), it.report().path("reason").asText())));
    return lines;
  }

  /** Writes all that there is as JSON. */
  public static void write(List<TraitResult> results, Path file) {
    ArrayNode all = JSON.createArrayNode();
    for (TraitResult it : results) {
      ObjectNode result = all.addObject();
      result.set("run", it.run());
      result.set("report", it.report());
    }
    try {
      Files.writeString(file, JSON.writeValueAsString(all) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the results to " + file, e);
    }
  }

  private static String rows(TraitResult result) {
    JsonNode findings = result.report().path("findings");
    JsonNode data = findings.path("data");
    JsonNode model = findings.path("predictors").path(0);
    return result.isJudged()
        ? "| %s | %s rows, %s positive, as of %s and before | %s to %s | %s | %s | %s |"
            .formatted(
                result.trait(),
                grouped(data.path("trainingRows")),
                grouped(data.path("trainingPositives")),
                day(data.path("trainedUntil")),
                day(data.path("evaluatedFrom")),
                day(data.path("evaluatedUntil")),
                grouped(model.path("rows")),
                grouped(model.path("positives")),
                result.report().path("state").asText())
        : "| %s | %s | %s | %s | %s | %s |"
            .formatted(
                result.trait(), NONE, NONE, NONE, NONE, result.report().path("state").asText());
  }

  private static List<String> figures(TraitResult result) {
    List<String> lines = new ArrayList<>();
    JsonNode findings = result.report().path("findings");
    for (JsonNode predictor : findings.path("predictors")) {
      lines.add(row(result, predictor.path("name").asText(), predictor.path("figures")));
    }
    result
        .run()
        .path("evaluation")
        .path("learned")
        .path("constantBaselines")
        .properties()
        .forEach(
            it ->
                lines.add(
                    row(
                        result,
                        CONSTANTS.getOrDefault(it.getKey(), it.getKey()),
                        plain(it.getValue()))));
    for (JsonNode population : findings.path("populations")) {
      lines.add(
          row(
              result,
              "model, %s (%s rows)"
                  .formatted(population.path("name").asText(), grouped(population.path("rows"))),
              population.path("figures")));
    }
    return lines;
  }

  /** Figures without intervals, in the same form as those with. */
  private static JsonNode plain(JsonNode evaluation) {
    ObjectNode figures = JSON.createObjectNode();
    for (String figure : FIGURES) {
      if (evaluation.path(figure).isNumber()) {
        figures.putObject(figure).set("value", evaluation.path(figure));
      }
    }
    return figures;
  }

  private static String row(TraitResult result, String predictor, JsonNode figures) {
    StringBuilder row = new StringBuilder("| %s | %s |".formatted(result.trait(), predictor));
    for (String figure : FIGURES) {
      row.append(' ').append(figure(figures.path(figure))).append(" |");
    }
    return row.toString();
  }

  private static String figure(JsonNode figure) {
    if (!figure.path("value").isNumber()) {
      return NONE;
    }
    String value = decimal(figure.path("value"));
    return figure.path("low").isNumber()
        ? "%s (%s to %s)"
            .formatted(value, decimal(figure.path("low")), decimal(figure.path("high")))
        : value;
  }

  private static String decimal(JsonNode number) {
    return String.format(Locale.ROOT, "%.4f", number.asDouble());
  }

  private static String grouped(JsonNode number) {
    return String.format(Locale.ROOT, "%,d", number.asLong());
  }

  private static String day(JsonNode time) {
    String text = time.asText();
    return text.substring(0, Math.min(10, text.length()));
  }
}
