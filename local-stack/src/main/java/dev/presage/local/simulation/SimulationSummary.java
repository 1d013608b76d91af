package dev.presage.local.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.presage.local.simulation.TruthComparison.Figures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * How near the scores of a learned model came to the truth.
 *
 * @param events events that were played
 * @param modelVersion version of the model
 * @param atEvents of scores at events
 * @param afterSilence of scores of customers who had sent nothing for a while
 */
public record SimulationSummary(
    long events, String modelVersion, Figures atEvents, Figures afterSilence) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** For people. */
  public List<String> lines() {
    return List.of(
        String.format(Locale.ROOT, "%-24s %,12d", "events", events),
        "%-24s %12s %12s".formatted("", "at events", "in silence"),
        String.format(
            Locale.ROOT, "%-24s %,12d %,12d", "scores", atEvents.rows(), afterSilence.rows()),
        String.format(
            Locale.ROOT,
            "%-24s %,12d %,12d",
            "orders followed",
            atEvents.positives(),
            afterSilence.positives()),
        figures("log loss of the model", atEvents.logLoss(), afterSilence.logLoss()),
        figures("log loss of the truth", atEvents.trueLogLoss(), afterSilence.trueLogLoss()),
        figures("ratio", atEvents.ratio(), afterSilence.ratio()));
  }

  private static String figures(String name, double atEvents, double afterSilence) {
    return String.format(Locale.ROOT, "%-24s %12.4f %12.4f", name, atEvents, afterSilence);
  }

  /** Writes it as JSON; {@code simulate --help} describes the keys. */
  public void write(Path file) {
    try {
      Files.writeString(file, JSON.writeValueAsString(this) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the summary to " + file, e);
    }
  }
}
