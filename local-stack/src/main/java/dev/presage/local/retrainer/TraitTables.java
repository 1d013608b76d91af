package dev.presage.local.retrainer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.presage.local.console.TextTable;
import dev.presage.local.explain.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Traits, and the data for them, as lines of text. */
public final class TraitTables {
  private static final int MOST_SIGNALS = 5;
  private static final String NONE = "-";

  private TraitTables() {}

  /** A line for each trait. */
  public static List<String> list(List<JsonNode> traits) {
    if (traits.isEmpty()) {
      return List.of("There are no traits yet; define one with './presage traits create FILE'");
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("trait", "state", "model", "horizon", "why"));
    for (JsonNode it : traits) {
      rows.add(
          List.of(
              it.path("trait").asText(),
              it.path("state").asText(),
              text(it.path("liveVersion")),
              text(it.path("definition").path("horizon")),
              text(it.path("reason"))));
    }
    return shown(rows);
  }

  /** All about one. */
  public static List<String> show(JsonNode trait) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("trait", trait.path("trait").asText()));
    rows.add(List.of("state", trait.path("state").asText()));
    rows.add(List.of("why", text(trait.path("reason"))));
    rows.add(List.of("model", text(trait.path("liveVersion"))));
    JsonNode run = trait.path("lastRun");
    if (run.isObject()) {
      rows.add(List.of("last run", run.path("id").asText()));
      rows.add(List.of("  state", run.path("state").asText()));
      rows.add(
          List.of("  asked for", "%s, %s".formatted(text(run.path("queuedAt")), occasion(run))));
      rows.add(List.of("  came to", text(run.path("reason"))));
    }
    rows.add(List.of("definition", ""));
    trait
        .path("definition")
        .properties()
        .forEach(it -> rows.add(List.of("  " + it.getKey(), text(it.getValue()))));
    return shown(rows);
  }

  /** What came of a check. */
  public static List<String> checked(JsonNode checked) {
    List<String> lines = new ArrayList<>();
    for (JsonNode it : checked.path("data")) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.addAll(data(it));
    }
    return lines;
  }

  /** Whether there is enough data for every trait that was checked. */
  public static boolean isEnough(JsonNode checked) {
    for (JsonNode it : checked.path("data")) {
      if (!it.path("enough").asBoolean()) {
        return false;
      }
    }
    return true;
  }

  /** Whether there is enough data for a trait: what there is of what is needed. */
  public static List<String> data(JsonNode data) {
    List<String> lines = new ArrayList<>();
    lines.add(
        TerminalText.of(
            "%s: %s"
                .formatted(
                    data.path("trait").asText(),
                    data.path("enough").asBoolean()
                        ? "there is enough data"
                        : "not yet: " + text(data.path("reason")))));
    if (data.path("needs").isEmpty()) {
      return lines;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", "found", "needed", "", "expected"));
    for (JsonNode it : data.path("needs")) {
      rows.add(
          List.of(
              it.path("what").asText(),
              number(it.path("found")),
              number(it.path("needed")),
              it.path("met").asBoolean() ? "ok" : "too little",
              it.path("met").asBoolean() ? "" : text(it.path("expectedAt"))));
    }
    lines.addAll(shown(rows));
    lines.addAll(signals(data.path("signals")));
    return lines;
  }

  private static List<String> signals(JsonNode signals) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("features that tell most by themselves", "AUC", ""));
    for (JsonNode it : signals) {
      if (rows.size() <= MOST_SIGNALS || it.path("suspect").asBoolean()) {
        rows.add(
            List.of(
                it.path("feature").asText(),
                String.format(Locale.ROOT, "%.3f", it.path("auc").asDouble()),
                it.path("suspect").asBoolean() ? "suspect: does it know the future?" : ""));
      }
    }
    return rows.size() == 1 ? List.of() : shown(rows);
  }

  private static String occasion(JsonNode run) {
    String why = text(run.path("occasionReason"));
    return why.equals(NONE) || why.isBlank() ? text(run.path("occasion")) : why;
  }

  private static String number(JsonNode number) {
    double value = number.asDouble();
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,d", (long) value)
        : String.format(Locale.ROOT, "%,.1f", value);
  }

  private static String text(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return NONE;
    }
    return node.isTextual() ? node.asText() : node.toString();
  }

  /** What others wrote cannot steer the terminal. */
  private static List<String> shown(List<List<String>> rows) {
    return TextTable.aligned(
        rows.stream().map(row -> row.stream().map(TerminalText::of).toList()).toList());
  }
}
