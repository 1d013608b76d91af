package dev.presage.figures;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Figures as they are written to a file: one JSON object with the {@code key} of each and its
 * value, null where no source measures it; and under {@code run}, when, on what, how, and whether
 * the targets are met, where there are any.
 */
final class FigureReport {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Map<Figure, Measured> measured = new HashMap<>();
  private final List<Figure> figures;
  private final Machine machine;
  private final Effort effort;
  private final Instant began;

  FigureReport(List<Figure> figures, Machine machine, Effort effort, Instant began) {
    this.figures = figures;
    this.machine = machine;
    this.effort = effort;
    this.began = began;
  }

  void add(Map<Figure, Measured> more) {
    measured.putAll(more);
  }

  /** Writes it. */
  void write(Path file, Instant ended) throws IOException {
    Files.writeString(file, JSON.writeValueAsString(json(ended)) + "\n");
  }

  private ObjectNode json(Instant ended) {
    ObjectNode report = JSON.createObjectNode();
    for (Figure figure : figures) {
      Measured value = measured.get(figure);
      if (value == null) {
        report.putNull(figure.key());
      } else {
        report.put(figure.key(), value.value());
      }
    }
    ObjectNode run = report.putObject("run");
    run.put("began", began.truncatedTo(ChronoUnit.SECONDS).toString());
    run.put("seconds", Duration.between(began, ended).toSeconds());
    run.put("effort", effort.name());
    run.set("machine", JSON.valueToTree(machine));
    ArrayNode described = run.putArray("figures");
    for (Figure figure : figures) {
      describe(figure, described.addObject());
    }
    return report;
  }

  private void describe(Figure figure, ObjectNode node) {
    node.put("key", figure.key());
    node.put("meaning", figure.meaning());
    node.put("unit", figure.unit());
    Figure.Target target = figure.target();
    if (target != null) {
      node.put("bound", target.bound().words());
      node.put("target", target.value());
    }
    Measured value = measured.get(figure);
    if (value != null) {
      node.put("measured", value.value());
      node.put("how", value.how());
      if (target != null) {
        node.put("met", target.isMet(value.value()));
      }
    }
  }
}
