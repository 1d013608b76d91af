package dev.presage.local.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.presage.local.retrainer.Quality;
import dev.presage.local.retrainer.Quality.Figures;
import dev.presage.local.retrainer.QualityTable;
import dev.presage.local.retrainer.SnapshotQuality;
import dev.presage.local.retrainer.SnapshotTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the demo did and how good the scores were.
 *
 * @param events events that were played and processed
 * @param eventsPerSecond those by the time from the first being sent to the last being processed
 * @param traitUpdates records on {@code trait-updates}
 * @param silenceUpdates those because of silence
 * @param mergeUpdates those because a profile moved into another
 * @param segmentChanges records on {@code segment-changes}
 * @param triggers records on {@code triggers}, those of the holdout included
 * @param heldTriggers records on {@code held-triggers}
 * @param deadLetters records on {@code dead-letters}
 * @param swapMillis milliseconds from publishing the model to the first trait update that it
 *     scored, as a consumer saw it
 * @param modelVersion version of the model
 * @param live quality of the scores that were served
 * @param weekly what a consumer held once a week was worth
 * @param seconds how long each step took
 */
public record DemoSummary(
    long events,
    double eventsPerSecond,
    long traitUpdates,
    long silenceUpdates,
    long mergeUpdates,
    long segmentChanges,
    long triggers,
    long heldTriggers,
    long deadLetters,
    long swapMillis,
    String modelVersion,
    Quality live,
    SnapshotQuality weekly,
    Map<String, Double> seconds) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public DemoSummary {
    seconds = new LinkedHashMap<>(seconds);
  }

  /** For people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(count("events", events));
    lines.add(String.format(Locale.ROOT, "%-28s %,10.0f", "events per second", eventsPerSecond));
    lines.add(count("trait updates", traitUpdates));
    lines.add(count("  because of silence", silenceUpdates));
    lines.add(count("  because of a merge", mergeUpdates));
    lines.add(count("segment changes", segmentChanges));
    lines.add(count("triggers", triggers));
    lines.add(count("triggers held back by a cap", heldTriggers));
    lines.add(count("dead letters", deadLetters));
    lines.add(count("publishing to first score, ms", swapMillis));
    lines.add("");
    lines.add("What was foretold at each event, beside what happened in the 30 days after it:");
    lines.add("");
    lines.addAll(QualityTable.lines(live));
    lines.add("");
    lines.addAll(SnapshotTable.lines(weekly));
    return lines;
  }

  /** Writes it as JSON; {@code demo --help} describes the keys. */
  public void write(Path file) {
    ObjectNode summary = JSON.createObjectNode();
    summary.put("events", events);
    summary.put("eventsPerSecond", eventsPerSecond);
    summary.put("traitUpdates", traitUpdates);
    summary.put("silenceUpdates", silenceUpdates);
    summary.put("mergeUpdates", mergeUpdates);
    summary.put("segmentChanges", segmentChanges);
    summary.put("triggers", triggers);
    summary.put("heldTriggers", heldTriggers);
    summary.put("deadLetters", deadLetters);
    summary.put("swapMillis", swapMillis);
    summary.put("modelVersion", modelVersion);
    ObjectNode model = figures(live.model());
    model.put("rows", live.rows());
    model.put("openRows", live.openRows());
    model.put("positives", live.positives());
    summary.set("live", model);
    ObjectNode baseline = figures(live.baseline());
    baseline.put("feature", live.baselineFeature());
    summary.set("baseline", baseline);
    summary.set("weekly", JSON.valueToTree(weekly));
    summary.set("seconds", JSON.valueToTree(seconds));
    try {
      Files.writeString(file, JSON.writeValueAsString(summary) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the summary to " + file, e);
    }
  }

  private static ObjectNode figures(Figures figures) {
    ObjectNode node = JSON.createObjectNode();
    node.put("auc", figures.auc());
    node.put("prAuc", figures.prAuc());
    node.put("logLoss", figures.logLoss());
    node.set("calibration", JSON.valueToTree(figures.calibration()));
    return node;
  }

  private static String count(String name, long count) {
    return String.format(Locale.ROOT, "%-28s %,10d", name, count);
  }
}
