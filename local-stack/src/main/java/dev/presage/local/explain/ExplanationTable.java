package dev.presage.local.explain;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import dev.presage.local.console.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** All features of a profile, a line each. */
public final class ExplanationTable {

  private static final String GAP = "  ";

  private ExplanationTable() {}

  /** The lines, from what {@link ProfilesClient#features} gave. */
  public static List<String> lines(JsonNode answer) {
    List<String> lines = new ArrayList<>();
    lines.add(title(answer));
    lines.add("");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("feature", "value", "window", "made of", "error"));
    for (JsonNode feature : answer.path("features")) {
      rows.add(
          List.of(
              text(feature, "name"),
              Figures.rounded(feature.path("value")),
              text(feature, "window"),
              madeOf(feature),
              text(feature, "error")));
    }
    lines.addAll(TextTable.aligned(rows));
    List<String> collecting = collecting(answer);
    if (!collecting.isEmpty()) {
      lines.add("");
      lines.add("Not complete yet:");
      lines.addAll(collecting);
    }
    return lines;
  }

  static String title(JsonNode answer) {
    String asOf = text(answer, "asOf");
    String newest = text(answer, "newestEvent");
    return text(answer, "id")
        + " as of "
        + asOf
        + (asOf.equals(newest) ? ", its newest event" : "; its newest event is of " + newest);
  }

  /** A text of the answer, as a terminal can show it; empty where there is none. */
  static String text(JsonNode node, String key) {
    JsonNode value = node.path(key);
    return value.isTextual() ? TerminalText.of(value.textValue()) : "";
  }

  private static String madeOf(JsonNode feature) {
    JsonNode windows = feature.path("windows");
    return windows.isArray()
        ? StreamSupport.stream(windows.spliterator(), false)
            .map(ExplanationTable::ofWindow)
            .collect(joining(" / "))
        : text(feature, "expression");
  }

  private static String ofWindow(JsonNode window) {
    List<String> parts = new ArrayList<>();
    long held = window.path("held").asLong();
    long tiles = window.path("tiles").size();
    long beyond = window.path("beyondRetention").asLong();
    if (held > 0) {
      parts.add(Figures.counted(held, "event") + " held");
    }
    if (tiles > 0) {
      parts.add(
          "%s (%s)"
              .formatted(
                  Figures.counted(tiles, "tile"),
                  Figures.counted(window.path("eventsInTiles").asLong(), "event")));
    }
    if (beyond > 0) {
      parts.add(Figures.counted(beyond, "event") + " in totals");
    }
    return parts.isEmpty() ? "no events" : String.join(", ", parts);
  }

  private static List<String> collecting(JsonNode answer) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode feature : answer.path("features")) {
      for (JsonNode series : feature.path("collecting")) {
        rows.add(List.of(GAP + text(feature, "name"), text(series, "message")));
      }
    }
    return TextTable.aligned(rows);
  }
}
