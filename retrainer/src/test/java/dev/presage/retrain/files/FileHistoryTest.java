package dev.presage.retrain.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.presage.features.FeatureEngine;
import dev.presage.retrain.Histories;
import dev.presage.retrain.Histories.Entry;
import dev.presage.retrain.PlantedShop;
import dev.presage.retrain.history.History;
import dev.presage.retrain.history.HistoryException;
import dev.presage.retrain.history.HistoryVisitor;
import dev.presage.retrain.rows.RowCollector;
import dev.presage.retrain.rows.RowPlan;
import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.rows.TrainingRows;
import dev.presage.retrain.traits.Trait;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.schemas.yaml.InvalidFileException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileHistoryTest {
  private static final FeatureEngine ENGINE = Histories.engine();
  private static final List<Entry> LOG = PlantedShop.history().subList(0, 6_000);

  /** Half of the log each, both out of order. */
  private static final List<Entry> ORDERS = shuffled("order_completed");

  private static final List<Entry> VISITS = shuffled("visited");

  @TempDir Path folder;

  @Test
  void shouldGiveTheRowsOfTheLogFromCsv() throws IOException {
    csv("orders/1.csv", ORDERS.subList(0, 500));
    csv("orders/2.csv", ORDERS.subList(500, ORDERS.size()));
    csv("visits.csv", VISITS);

    assertRowsOfTheLog(
        mapping(
            """
            sources:
              - files: orders/*.csv
                profile: customer
                occurredAt: at
                type: order_completed
                eventId: id
                properties: {revenue: revenue}
              - files: visits.csv
                profile: customer
                occurredAt: at
                typeColumn: type
            """));
  }

  @Test
  void shouldGiveTheRowsOfTheLogFromParquet() throws IOException, SQLException {
    csv("all.csv", LOG);
    try (Database database = Database.open()) {
      database.run(
          "COPY (SELECT customer, \"at\"::TIMESTAMP AS \"at\", type, id, revenue::DOUBLE AS \"the \"\"revenue\" "
              + "FROM read_csv("
              + Database.text(folder.resolve("all.csv").toString())
              + ", header = true)) TO "
              + Database.text(folder.resolve("all [1].parquet").toString())
              + " (FORMAT parquet)");
    }

    assertRowsOfTheLog(
        mapping(
            """
            sources:
              - files: "all \\\\[1\\\\].parquet"
                format: parquet
                profile: customer
                occurredAt: at
                typeColumn: type
                eventId: id
                properties: {revenue: 'the "revenue'}
            """));
  }

  @Test
  void shouldGiveTheRowsOfTheLogFromAvro() throws IOException {
    avro("all.avro", LOG);

    assertRowsOfTheLog(
        mapping(
            """
            sources:
              - files: all.avro
                profile: customer
                occurredAt: at
                typeColumn: type
                eventId: id
                properties: {revenue: amounts.revenue}
            """));
  }

  @Test
  void shouldKeepWhatLooksLikeANumberAndIsNone() throws IOException {
    Files.writeString(
        folder.resolve("events.csv"),
        """
        who,when,zip,score,vip,note
        007,1735689600,01234,12,true,
        7,1735689601,99,1.5,false,hello
        """);
    mapping(
        """
        sources:
          - files: events.csv
            profile: who
            occurredAt: when
            unit: seconds
            type: seen
            properties: {zip: zip, score: score, vip: vip, note: note}
            as: {zip: text}
        """);

    assertThat(events(1))
        .extracting(Event::getUserId, Event::getOccurredAt, Event::getProperties)
        .containsExactly(
            tuple("007", Histories.START, Map.of("zip", "01234", "score", 12L, "vip", true)),
            tuple(
                "7",
                Histories.START.plusSeconds(1),
                Map.of("zip", "99", "score", 1.5, "vip", false, "note", "hello")));
  }

  @Test
  void shouldShowEachProfileInOnePartitionAndItsEventsByTime() throws IOException {
    csv("all.csv", shuffled("order_completed"));
    mapping(
        """
        sources:
          - files: all.csv
            profile: customer
            occurredAt: at
            typeColumn: type
        """);
    Set<String> over = new HashSet<>();
    Set<String> open = new HashSet<>();
    int[] partitions = {0};
    long[] last = {0};

    history(16)
        .replay(
            new HistoryVisitor() {
              @Override
              public void record(String profileId, ProfileLogRecord entry) {
                assertThat(over).doesNotContain(profileId);
                open.add(profileId);
                long time = entry.getEvent().getOccurredAt().toEpochMilli();
                assertThat(time).isGreaterThanOrEqualTo(last[0]);
                last[0] = time;
              }

              @Override
              public void endPartition() {
                over.addAll(open);
                open.clear();
                last[0] = 0;
                partitions[0]++;
              }

              @Override
              public void progress(long read, long all) {
                assertThat(all).isEqualTo(ORDERS.size());
              }
            });

    assertThat(partitions[0]).isBetween(10, 16);
    assertThat(over.size()).isGreaterThan(100);
  }

  @Test
  void shouldPassOverRowsThatLackSomethingAndFailWhereAllDo() throws IOException {
    Files.writeString(
        folder.resolve("events.csv"),
        "who,when\na,2025-01-01T00:00:00Z\n,2025-01-01T00:00:00Z\nb,yesterday\n");
    String mapping =
        """
        sources:
          - files: events.csv
            profile: who
            occurredAt: when
            type: seen
        """;
    mapping(mapping);
    assertThat(events(4)).singleElement().returns("a", Event::getUserId);

    Files.writeString(folder.resolve("events.csv"), "who,when\nb,yesterday\n");
    assertThatThrownBy(() -> events(4))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("None of the 1 rows of [events.csv]")
        .hasMessageContaining("a time in when");
  }

  @Test
  void shouldNameFilesAndColumnsThatAreNotThere() throws IOException {
    Files.writeString(folder.resolve("events.csv"), "who,when\na,2025-01-01\n");
    mapping(
        """
        sources:
          - files: events.csv
            profile: whom
            occurredAt: when
            type: seen
        """);
    assertThatThrownBy(() -> events(4))
        .isInstanceOf(HistoryException.class)
        .hasMessage("[events.csv] has no column whom; there are who, when");

    mapping(
        """
        sources:
          - files: missing/*.csv
            profile: who
            occurredAt: when
            type: seen
        """);
    assertThatThrownBy(() -> events(4))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("No file matches missing/*.csv in " + folder);
  }

  @Test
  void shouldNameEveryProblemOfAMapping() {
    assertThatThrownBy(
            () ->
                mapping(
                    """
                    sources:
                      - files: events.txt
                        profile: who
                        ocurredAt: when
                        type: seen
                        typeColumn: seen
                        unit: fortnights
                        as: {zip: text}
                    """))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining("sources[0].occurredAt is missing")
        .hasMessageContaining("ocurredAt is not known")
        .hasMessageContaining("sources[0].format is missing")
        .hasMessageContaining("sources[0].type and typeColumn are both there")
        .hasMessageContaining("sources[0].unit is 'fortnights'; expected seconds, millis or micros")
        .hasMessageContaining("sources[0].as.zip is not one of the properties");
  }

  private void assertRowsOfTheLog(HistoryMapping unused) {
    TrainingRows ofTheLog = rows(Histories.of(List.of(LOG)));
    TrainingRows ofFiles = rows(history(1));

    assertThat(ofFiles.events()).isEqualTo(LOG.size());
    assertThat(words(ofFiles.rows())).isEqualTo(words(ofTheLog.rows())).hasSizeGreaterThan(2_000);
    assertThat(rows(history(8)).momentRows()).isEqualTo(ofTheLog.momentRows());
  }

  private FileHistory history(int partitions) {
    return new FileHistory(HistoryMapping.read(folder.resolve("mapping.yaml")), partitions);
  }

  private HistoryMapping mapping(String yaml) throws IOException {
    return HistoryMapping.read(Files.writeString(folder.resolve("mapping.yaml"), yaml));
  }

  private List<Event> events(int partitions) {
    List<Event> events = new ArrayList<>();
    history(partitions)
        .replay(
            new HistoryVisitor() {
              @Override
              public void record(String profileId, ProfileLogRecord entry) {
                events.add(entry.getEvent());
              }

              @Override
              public void endPartition() {}

              @Override
              public void progress(long read, long all) {}
            });
    return events;
  }

  private static TrainingRows rows(History history) {
    Trait trait =
        Trait.compile(
            Histories.orders("orders-again", "true", Duration.ofDays(7)), ENGINE.schema());
    RowCollector collector = new RowCollector(ENGINE, trait, RowPlan.standard());
    history.replay(
        new HistoryVisitor() {
          @Override
          public void record(String profileId, ProfileLogRecord entry) {
            collector.apply(profileId, entry);
          }

          @Override
          public void endPartition() {
            collector.endPartition();
          }

          @Override
          public void progress(long read, long all) {}
        });
    return collector.finish();
  }

  private static List<String> words(Rows rows) {
    return IntStream.range(0, rows.size())
        .mapToObj(
            row ->
                rows.profileId(row)
                    + rows.kind(row)
                    + rows.asOf(row)
                    + rows.label(row)
                    + Arrays.toString(rows.vector(row)))
        .toList();
  }

  private static List<Entry> shuffled(String type) {
    return LOG.stream()
        .filter(it -> it.event().getType().equals(type))
        .sorted(Comparator.comparing((Entry it) -> it.event().getEventId().hashCode()))
        .toList();
  }

  private void csv(String name, List<Entry> log) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("customer,at,type,id,revenue\n");
      for (Entry entry : log) {
        Event event = entry.event();
        Object revenue = event.getProperties().get("revenue");
        out.write(
            "%s,%s,%s,%s,%s\n"
                .formatted(
                    entry.profileId(),
                    event.getOccurredAt(),
                    event.getType(),
                    event.getEventId(),
                    revenue == null ? "" : revenue));
      }
    }
  }

  private void avro(String name, List<Entry> log) throws IOException {
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Sold", "fields": [
                  {"name": "customer", "type": "string"},
                  {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                  {"name": "type", "type": "string"},
                  {"name": "id", "type": ["null", "string"]},
                  {"name": "amounts", "type": {"type": "map", "values": ["null", "double"]}}
                ]}""");
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.create(schema, folder.resolve(name).toFile());
      for (Entry entry : log) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("customer", entry.profileId());
        record.put("at", entry.event().getOccurredAt().toEpochMilli());
        record.put("type", entry.event().getType());
        record.put("id", entry.event().getEventId());
        record.put("amounts", entry.event().getProperties());
        writer.append(record);
      }
    }
  }
}
