package dev.presage.local.explain;

import static dev.presage.local.explain.ExplanationTable.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** One feature of a profile in full. */
public final class FeatureSheet {

  private FeatureSheet() {}

  /** The lines, from what {@link ProfilesClient#features} gave of one feature. */
  public static List<String> lines(JsonNode feature) {
    List<String> lines = new ArrayList<>();
    lines.add(text(feature, "name") + " = " + Figures.exact(feature.path("value")));
    if (feature.path("windows").isArray()) {
      lines.add("  " + text(feature, "aggregate") + ", window " + text(feature, "window"));
    } else {
      lines.add("  " + text(feature, "expression"));
      feature
          .path("reads")
          .properties()
          .forEach(
              it ->
                  lines.add(
                      "    "
                          + TerminalText.of(it.getKey())
                          + " = "
                          + Figures.exact(it.getValue())));
    }
    lines.add("  error: " + text(feature, "error"));
    for (JsonNode series : feature.path("collecting")) {
      lines.add("  not complete yet: " + text(series, "message"));
    }
    for (JsonNode window : feature.path("windows")) {
      addWindow(window, lines);
    }
    return lines;
  }

  private static void addWindow(JsonNode window, List<String> lines) {
    String tail = text(window, "tail");
    lines.add(
        "  series '%s' (%s), %s up to %s: %s"
            .formatted(
                text(window, "series"),
                text(window, "tracks"),
                tail.isEmpty() ? "from the beginning" : "after " + tail,
                text(window, "head"),
                Figures.counted(window.path("events").asLong(), "event")));
    addHeld(window, lines);
    JsonNode tiles = window.path("tiles");
    if (!tiles.isEmpty()) {
      lines.add(
          "    %s in %s"
              .formatted(
                  Figures.counted(window.path("eventsInTiles").asLong(), "event"),
                  Figures.counted(tiles.size(), "tile")));
      tiles.forEach(tile -> lines.add("      " + tile(tile)));
    }
    addBeyond(window, lines);
    addCut(window.path("tailCut"), "tail", lines);
    addCut(window.path("headCut"), "head", lines);
  }

  private static void addHeld(JsonNode window, List<String> lines) {
    long held = window.path("held").asLong();
    if (held == 0) {
      return;
    }
    JsonNode newest = window.path("newest");
    lines.add("    " + Figures.counted(held, "event") + " held one by one, the newest first");
    for (JsonNode event : newest) {
      JsonNode value = event.path("value");
      lines.add(
          "      " + text(event, "time") + (value.isNumber() ? "  " + Figures.exact(value) : ""));
    }
    if (held > newest.size()) {
      lines.add("      and " + (held - newest.size()) + " older");
    }
  }

  private static void addBeyond(JsonNode window, List<String> lines) {
    long beyond = window.path("beyondRetention").asLong();
    long inDoubt = window.path("beyondInDoubt").asLong();
    if (beyond > 0) {
      lines.add(
          "    " + Figures.counted(beyond, "event") + " beyond the retention, in running totals");
    }
    if (inDoubt > 0) {
      lines.add(
          "    in doubt: "
              + Figures.counted(inDoubt, "event")
              + " beyond the retention, of which no times are known");
    }
  }

  private static void addCut(JsonNode cut, String end, List<String> lines) {
    if (cut.isObject()) {
      lines.add(
          "    the %s cuts the tile %s, which %s"
              .formatted(
                  end,
                  tile(cut.path("tile")),
                  cut.path("counted").asBoolean() ? "counts as a whole" : "does not count"));
    }
  }

  private static String tile(JsonNode tile) {
    JsonNode sum = tile.path("sum");
    return "%s to %s: %s%s"
        .formatted(
            text(tile, "start"),
            text(tile, "end"),
            Figures.counted(tile.path("events").asLong(), "event"),
            sum.isNumber() ? ", sum " + Figures.exact(sum) : "");
  }
}
