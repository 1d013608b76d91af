package dev.presage.local.retrainer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.presage.local.console.TextTable;
import dev.presage.local.explain.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What differs between two versions of a model, as lines of text. */
public final class DiffTables {
  private static final int MOST_FEATURES = 15;
  private static final String NONE = "-";

  private DiffTables() {}

  /** All of it; of lists that are long on both sides only what differs. */
  public static List<String> lines(JsonNode diff) {
    String from = diff.path("from").asText();
    String to = diff.path("to").asText();
    List<String> lines = new ArrayList<>();
    add(lines, "Stage", changes(diff.path("stage"), from, to));
    add(
        lines,
        "On the same held-out rows, with intervals of 95%",
        figures(diff.path("sameRows"), from, to));
    add(
        lines,
        "On the held-out rows of each, with intervals of 95%",
        figures(diff.path("figures"), from, to));
    add(lines, "In service", figures(diff.path("inService"), from, to));
    add(
        lines,
        "Features: rank and mean absolute contribution",
        features(diff.path("features"), from, to));
    add(lines, "Calibration", changes(diff.path("calibration"), from, to));
    add(lines, "Parameters that differ", changes(diff.path("parameters"), from, to));
    add(lines, "Lineage", changes(diff.path("lineage"), from, to));
    return lines;
  }

  private static void add(List<String> lines, String title, List<List<String>> rows) {
    if (rows.size() > 1) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.add(title);
      lines.addAll(
          TextTable.aligned(
              rows.stream().map(row -> row.stream().map(TerminalText::of).toList()).toList()));
    }
  }

  private static List<List<String>> changes(JsonNode changes, String from, String to) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", from, to));
    for (JsonNode it : changes) {
      rows.add(List.of(it.path("name").asText(), text(it.path("from")), text(it.path("to"))));
    }
    return rows;
  }

  private static List<List<String>> figures(JsonNode figures, String from, String to) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("figure", from, to, "difference"));
    for (JsonNode it : figures) {
      String of = it.path("of").asText("");
      rows.add(
          List.of(
              (of.isEmpty() ? "" : of + ": ") + FigureNames.of(it.path("name").asText()),
              figure(it.path("from")),
              figure(it.path("to")),
              difference(it.path("difference"))));
    }
    return rows;
  }

  private static List<List<String>> features(JsonNode features, String from, String to) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("feature", from, to));
    for (JsonNode it : features) {
      if (rows.size() <= MOST_FEATURES) {
        rows.add(
            List.of(
                it.path("feature").asText(),
                use(it.path("from"), it.path("droppedFrom")),
                use(it.path("to"), it.path("droppedTo"))));
      }
    }
    return rows;
  }

  private static String use(JsonNode use, JsonNode dropped) {
    if (use.isObject()) {
      return "%d. (%s)".formatted(use.path("rank").asInt(), number(use.path("contribution")));
    }
    return dropped.isTextual() ? "dropped: " + dropped.asText() : NONE;
  }

  private static String figure(JsonNode figure) {
    return figure.hasNonNull("low") && figure.hasNonNull("high")
        ? "%s (%s to %s)"
            .formatted(
                number(figure.path("value")),
                number(figure.path("low")),
                number(figure.path("high")))
        : number(figure.path("value"));
  }

  private static String difference(JsonNode difference) {
    return difference.isNumber()
        ? String.format(Locale.ROOT, "%+.4f", difference.asDouble())
        : NONE;
  }

  private static String number(JsonNode number) {
    if (!number.isNumber()) {
      return NONE;
    }
    double value = number.asDouble();
    return value == Math.rint(value) && Math.abs(value) >= 10
        ? String.format(Locale.ROOT, "%,d", (long) value)
        : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String text(JsonNode text) {
    return text.isTextual() ? text.asText() : NONE;
  }
}
