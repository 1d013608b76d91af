package dev.presage.retrain;

import dev.presage.retrain.Histories.Entry;
import dev.presage.schemas.avro.Event;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** The sample data that the project ships, in the order in which they are played. */
final class RealHistory {
  static final Path DEMO = Path.of("..", "local-stack", "demo");

  private RealHistory() {}

  /** Every invoice: invoice, customer_id, occurred_at, event, revenue, quantity, country. */
  static List<Entry> read() throws IOException {
    List<Entry> log = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(DEMO.resolve("invoices.csv.gz"))),
                StandardCharsets.UTF_8))) {
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] cells = line.split(",", -1);
        Event event =
            Event.newBuilder()
                .setEventId(cells[0])
                .setType(cells[3])
                .setOccurredAt(Instant.parse(cells[2]))
                .setUserId(cells[1])
                .setProperties(
                    Map.of(
                        "revenue", Double.parseDouble(cells[4]),
                        "quantity", Long.parseLong(cells[5]),
                        "country", cells[6]))
                .build();
        log.add(new Entry(cells[1], event));
      }
    }
    return log;
  }
}
