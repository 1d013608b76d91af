package dev.presage.local.retrainer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.presage.local.console.TextTable;
import dev.presage.local.explain.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Versions of models as lines of text. */
public final class ModelTables {
  private ModelTables() {}

  /** A line for each version. */
  public static List<String> list(List<ModelVersion> versions) {
    if (versions.isEmpty()) {
      return List.of("There are no models yet; train one with './presage train TRAIT'");
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "trait",
            "version",
            "stage",
            "scores on",
            "held-out AUC",
            "AUC in service",
            "kind",
            "size",
            "created",
            "by"));
    for (ModelVersion version : versions) {
      long scoring = version.scoringInstances();
      rows.add(
          List.of(
              version.trait(),
              version.version(),
              stage(version),
              scoring == 0 ? "-" : scoring == 1 ? "1 instance" : scoring + " instances",
              decimal(version.json().path("metrics").path("auc")),
              inService(version.json().path("quality").path("overall")),
              version.kind(),
              size(version.payloadBytes()),
              version.createdAt(),
              version.approvedBy()));
    }
    return shown(rows);
  }

  /** All about one. */
  public static List<String> show(ModelVersion version) {
    List<List<String>> rows = new ArrayList<>();
    JsonNode json = version.json();
    JsonNode lineage = json.path("lineage");
    rows.add(List.of("trait", version.trait()));
    rows.add(List.of("version", version.version()));
    rows.add(List.of("stage", stage(version) + (version.scores() ? ", scores" : "")));
    rows.add(List.of("kind", version.kind() + ", " + size(version.payloadBytes())));
    rows.add(List.of("checksum", json.path("checksum").asText()));
    rows.add(List.of("feature schema", json.path("featureSchema").asText()));
    rows.add(List.of("golden rows", json.path("goldenRows").asText()));
    rows.add(List.of("created", version.createdAt()));
    rows.add(List.of("approved by", version.approvedBy()));
    if (lineage.path("rows").asLong() > 0) {
      rows.add(
          List.of(
              "trained on",
              String.format(
                  Locale.ROOT,
                  "%,d rows, %,d positive, from %s until %s",
                  lineage.path("rows").asLong(),
                  lineage.path("positives").asLong(),
                  lineage.path("trainedFrom").asText(),
                  lineage.path("trainedUntil").asText())));
    }
    if (lineage.path("parent").isTextual()) {
      rows.add(List.of("in place of", lineage.path("parent").asText()));
    }
    lineage
        .path("parameters")
        .properties()
        .forEach(it -> rows.add(List.of("  " + it.getKey(), it.getValue().asText())));
    version
        .metrics()
        .forEach(
            (name, value) -> rows.add(List.of(name, String.format(Locale.ROOT, "%.6g", value))));
    List<String> lines = new ArrayList<>(shown(rows));
    lines.add("");
    lines.addAll(quality(json.path("quality")));
    lines.addAll(challenges(json.path("challenges")));
    lines.addAll(instances(version));
    return lines;
  }

  /** With the number of examples that it is of. */
  private static String inService(JsonNode outcomes) {
    return outcomes.path("auc").isNumber()
        ? String.format(
            Locale.ROOT,
            "%s of %,d",
            decimal(outcomes.path("auc")),
            outcomes.path("labelled").asLong())
        : "-";
  }

  private static List<String> quality(JsonNode quality) {
    if (!quality.isObject()) {
      return List.of();
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("in service", "labelled", "foretold", "happened", "ROC AUC", "log loss", "MAE"));
    rows.add(outcomes("all scores", quality.path("overall")));
    rows.add(outcomes("at events", quality.path("atEvents")));
    List<String> lines = new ArrayList<>(shown(rows));
    lines.addAll(
        shown(
            List.of(
                List.of("scores moved (PSI)", decimal(quality.path("scoreStability"))),
                List.of("measured at", quality.path("measuredAt").asText()))));
    lines.add("");
    return lines;
  }

  private static List<String> outcomes(String what, JsonNode outcomes) {
    return List.of(
        what,
        String.format(Locale.ROOT, "%,d", outcomes.path("labelled").asLong()),
        decimal(outcomes.path("meanScore")),
        decimal(outcomes.path("meanLabel")),
        decimal(outcomes.path("auc")),
        decimal(outcomes.path("logLoss")),
        decimal(outcomes.path("meanAbsoluteError")));
  }

  private static List<String> challenges(JsonNode challenges) {
    if (challenges.isEmpty()) {
      return List.of();
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("instance", "beside", "vectors", "mean difference", "correlation", "other bands"));
    for (JsonNode it : challenges) {
      rows.add(
          List.of(
              it.path("instance").asText(),
              it.path("liveVersion").asText(),
              String.format(Locale.ROOT, "%,d", it.path("pairs").asLong()),
              decimal(it.path("meanAbsoluteDifference")),
              decimal(it.path("rankCorrelation")),
              decimal(it.path("changedBands"))));
    }
    List<String> lines = new ArrayList<>(shown(rows));
    lines.add("");
    return lines;
  }

  private static String decimal(JsonNode number) {
    return number.isNumber() ? String.format(Locale.ROOT, "%.4f", number.asDouble()) : "-";
  }

  private static String stage(ModelVersion version) {
    return version.stage().equals("CANARY")
        ? String.format(Locale.ROOT, "CANARY %.3g%%", 100 * version.canaryShare())
        : version.stage();
  }

  private static List<String> instances(ModelVersion version) {
    if (version.instances().isEmpty()) {
      return List.of("No instance has said anything of this trait yet");
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("instance", "scores with", "decided last", "on", "at", "why"));
    for (ModelVersion.Decision it : version.instances()) {
      rows.add(
          List.of(
              it.instance(),
              it.liveVersion().orElse("-"),
              it.outcome(),
              it.version(),
              it.decidedAt(),
              it.reason()));
    }
    return shown(rows);
  }

  /** What others wrote cannot steer the terminal. */
  private static List<String> shown(List<List<String>> rows) {
    return TextTable.aligned(
        rows.stream().map(row -> row.stream().map(TerminalText::of).toList()).toList());
  }

  private static String size(long bytes) {
    return bytes < 10_000
        ? String.format(Locale.ROOT, "%,d B", bytes)
        : String.format(Locale.ROOT, "%,d kB", Math.round(bytes / 1e3));
  }
}
