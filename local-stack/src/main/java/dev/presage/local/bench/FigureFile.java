package dev.presage.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures that were measured, as the module {@code benchmarks} wrote them. */
public final class FigureFile {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> SHORT =
      Map.of("bytes", "B", "times", "×", "events/s", "/s");
  private static final String ROW = "%-41s %11s %10s  %s";

  private final Path file;
  private final JsonNode run;

  private FigureFile(Path file, JsonNode run) {
    this.file = file;
    this.run = run;
  }

  /** Reads it. */
  static FigureFile read(Path file) {
    try {
      return new FigureFile(file, JSON.readTree(file.toFile()).path("run"));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the figures from " + file, e);
    }
  }

  /** Copies it. */
  public void copyTo(Path target) {
    try {
      Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the figures to " + target, e);
    }
  }

  /** A table of targets and figures, for people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(ROW.formatted("", "target", "measured", "").stripTrailing());
    run.path("figures").forEach(figure -> lines.add(row(figure)));
    lines.add("");
    JsonNode machine = run.path("machine");
    lines.add(
        "%s, %d cores; %s"
            .formatted(
                machine.path("processor").asText(),
                machine.path("cores").asInt(),
                machine.path("jvm").asText()));
    double load = machine.path("loadBefore").doubleValue();
    if (load > machine.path("cores").doubleValue() / 2) {
      lines.add(
          String.format(
              Locale.ROOT,
              "The machine was busy before (load %.1f): run it again with nothing else running",
              load));
    }
    return lines;
  }

  private static String row(JsonNode figure) {
    String unit = figure.path("unit").asText();
    boolean isMeasured = figure.has("measured");
    return ROW.formatted(
            figure.path("meaning").asText(),
            figure.has("target") ? target(figure, unit) : "",
            isMeasured ? number(figure.path("measured"), unit) : "",
            !isMeasured ? "not measured" : verdict(figure))
        .stripTrailing();
  }

  private static String target(JsonNode figure, String unit) {
    String bound = figure.path("bound").asText().equals("at most") ? "≤ " : "≥ ";
    return bound + number(figure.path("target"), unit);
  }

  private static String verdict(JsonNode figure) {
    if (!figure.has("target")) {
      return "";
    }
    return figure.path("met").booleanValue() ? "met" : "missed";
  }

  private static String number(JsonNode number, String unit) {
    double value = number.doubleValue();
    boolean isWhole = value == Math.rint(value) || value >= 100;
    return String.format(
        Locale.ROOT, isWhole ? "%,.0f %s" : "%,.2f %s", value, SHORT.getOrDefault(unit, unit));
  }
}
