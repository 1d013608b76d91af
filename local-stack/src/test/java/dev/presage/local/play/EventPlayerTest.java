package dev.presage.local.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.schemas.avro.Event;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventPlayerTest {

  private static final String MAPPING =
      """
      eventId: {column: id}
      type: {value: order_completed}
      occurredAt: {column: at}
      userId: {column: user}
      anonymousId: {column: device}
      properties:
        revenue: {column: revenue, type: double}
        items: {column: items, type: long}
        gift: {column: gift, type: boolean}
        note: {column: note}
      """;
  private static final String HEADER = "id,at,user,device,revenue,items,gift,note\n";

  @TempDir Path folder;

  private final MockProducer<String, Event> producer =
      new MockProducer<>(true, null, new StringSerializer(), (topic, event) -> new byte[0]);
  private final EventPlayer player = new EventPlayer(producer, "events");

  @Test
  void shouldSendLinesAsTypedEventsKeyedByTheirId() throws IOException {
    PlayReport report =
        play(
            csv(
                HEADER
                    + "e1,2011-09-01T08:30:00Z,ada,phone,12.5,3,true,\"two\nlines, quoted\"\n"
                    + "e2,2011-09-01T08:31:00Z,,phone,,,,\n"),
            PlayOptions.everything());

    assertThat(report).isEqualTo(new PlayReport(2, 0, 0, List.of()));
    assertThat(producer.history()).extracting(ProducerRecord::key).containsExactly("ada", "phone");
    assertThat(producer.history()).extracting(ProducerRecord::topic).containsOnly("events");
    Event first = producer.history().getFirst().value();
    assertThat(first.getEventId()).isEqualTo("e1");
    assertThat(first.getType()).isEqualTo("order_completed");
    assertThat(first.getOccurredAt()).isEqualTo(Instant.parse("2011-09-01T08:30:00Z"));
    assertThat(first.getProperties())
        .isEqualTo(
            Map.of("revenue", 12.5, "items", 3L, "gift", true, "note", "two\nlines, quoted"));
    Event second = producer.history().getLast().value();
    assertThat(second.getUserId()).isNull();
    assertThat(second.getProperties()).isEmpty();
  }

  @Test
  void shouldReadJsonLinesWithNestedFields() throws IOException {
    Path mapping =
        Files.writeString(
            folder.resolve("mapping.yaml"),
            """
            type: {column: kind}
            occurredAt: {column: when, format: epoch-millis}
            userId: {column: who.id}
            """);
    Path file =
        Files.writeString(
            folder.resolve("events.jsonl"),
            """
            {"kind": "view", "when": 1500, "who": {"id": 7}}

            {"kind": "buy", "when": 2500, "who": {"id": 8}}
            """);

    player.play(
        new SourceFile(file, FileFormat.of(file).orElseThrow()),
        EventMappingFile.read(mapping),
        PlayOptions.everything(),
        bytes -> {});

    assertThat(producer.history()).extracting(ProducerRecord::key).containsExactly("7", "8");
    assertThat(producer.history().getLast().value().getOccurredAt())
        .isEqualTo(Instant.ofEpochMilli(2500));
  }

  @Test
  void shouldReadCompressedFilesWithAByteOrderMarkAndTellHowFarItIs() throws IOException {
    Path file = folder.resolve("events.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(("\uFEFF" + HEADER + "e1,2011-09-01,ada,,,,,\n").getBytes(StandardCharsets.UTF_8));
    }
    AtomicLong bytesRead = new AtomicLong();

    PlayReport report =
        player.play(
            new SourceFile(file, FileFormat.of(file).orElseThrow()),
            mapping(),
            PlayOptions.everything(),
            bytesRead::addAndGet);

    assertThat(report.sent()).isEqualTo(1);
    assertThat(bytesRead).hasValue(Files.size(file));
  }

  @Test
  void shouldPlayWhatOccurredFromOneTimeUntilBeforeAnother() throws IOException {
    PlayReport report =
        play(
            csv(
                HEADER
                    + "e1,2011-08-31T23:59:59Z,ada,,,,,\n"
                    + "e2,2011-09-01T00:00:00Z,ada,,,,,\n"
                    + "e3,2011-09-02T00:00:00Z,ada,,,,,\n"),
            PlayOptions.everything()
                .from(Instant.parse("2011-09-01T00:00:00Z"))
                .until(Instant.parse("2011-09-02T00:00:00Z")));

    assertThat(report.sent()).isEqualTo(1);
    assertThat(report.outside()).isEqualTo(2);
    assertThat(producer.history().getFirst().value().getEventId()).isEqualTo("e2");
  }

  @Test
  void shouldLeaveOutBadLinesAndSayWhich() throws IOException {
    PlayReport report =
        play(
            csv(
                HEADER
                    + "e1,2011-09-01,ada,,twelve,,,\n"
                    + "e2,2011-09-01,ada,,,,,\n"
                    + "e3,soon,ada,,,,,\n"
                    + "e4,2011-09-01,,,,,,\n"
                    + "e5,2011-09-01,ada\n"
                    + "e6,,ada,,,,,\n"
                    + "e7,2011-09-01,ada,,1e999,,,\n"),
            skippingBadLines());

    assertThat(report.sent()).isEqualTo(1);
    assertThat(report.bad()).isEqualTo(6);
    assertThat(report.firstBad())
        .containsExactly(
            "line 2: revenue is 'twelve'; expected a finite number such as 12.5",
            "line 4: occurredAt is 'soon'; expected an ISO 8601 time such as 2011-09-01T08:30:00Z",
            "line 5: has neither a userId nor an anonymousId",
            "line 6: has 3 fields where the header has 8",
            "line 7: has no occurredAt: 'at' is empty",
            "line 8: revenue is '1e999'; expected a finite number such as 12.5");
  }

  @Test
  void shouldCountEmptyLinesAndNameWhatAnOpenQuoteTakesIn() throws IOException {
    PlayReport report =
        play(
            csv(
                HEADER
                    + "\n"
                    + "e1,2011-09-01,ada,,,,,\n"
                    + "\n\n"
                    + "e2,soon,ada,,,,,\n"
                    + "e3,2011-09-01,ada,\"phone,,,,\n"
                    + "e4,2011-09-01,ada,,,,,\n"),
            skippingBadLines());

    assertThat(report.sent()).isEqualTo(1);
    assertThat(report.firstBad())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("line 6: occurredAt is 'soon'"),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "line 7: has 4 fields where the header has 8; it reaches to line 8, is a"
                            + " quote left open?"));
  }

  @Test
  void shouldNotLoseASecondObjectOnALine() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("events.jsonl"),
            """
            {"id": "e1", "at": "2011-09-01", "user": "ada"} {"id": "e2", "at": "2011-09-01"}
            """);

    assertThatThrownBy(
            () ->
                player.play(
                    new SourceFile(file, FileFormat.JSONL),
                    mapping(),
                    PlayOptions.everything(),
                    bytes -> {}))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("events.jsonl:1: has more than one JSON value");
  }

  @Test
  void shouldRefuseATimeThatNoRecordCanHold() throws IOException {
    Path file = csv(HEADER + "e1,+999999999-01-01T00:00:00Z,ada,,,,,\n");

    assertThatThrownBy(() -> play(file, PlayOptions.everything()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("occurredAt is '+999999999-01-01T00:00:00Z'");
  }

  @Test
  void shouldNameNoMoreThanTenBadLines() throws IOException {
    PlayReport report = play(csv(HEADER + "e,soon,ada,,,,,\n".repeat(25)), skippingBadLines());

    assertThat(report.bad()).isEqualTo(25);
    assertThat(report.firstBad()).hasSize(10);
  }

  @Test
  void shouldStopAtTheFirstBadLineWhereAsked() throws IOException {
    Path file = csv(HEADER + "e1,2011-09-01,ada,,,,,\ne2,soon,ada,,,,,\ne3,2011-09-01,ada,,,,,\n");

    assertThatThrownBy(() -> play(file, PlayOptions.everything()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(file + ":3: occurredAt is 'soon'")
        .hasMessageContaining("1 events were sent before it");
    assertThat(producer.history()).hasSize(1);
  }

  @Test
  void shouldNameTheColumnsThatAFileLacks() throws IOException {
    Path file = csv("id,at,user,device,revenue\n");

    assertThatThrownBy(() -> play(file, skippingBadLines()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("has no column gift, items, note, which the mapping names")
        .hasMessageContaining("it has id, at, user, device, revenue");
  }

  @Test
  void shouldHoldToARate() throws IOException {
    long start = System.nanoTime();

    play(
        csv(HEADER + "e,2011-09-01,ada,,,,,\n".repeat(21)),
        new PlayOptions(
            Instant.MIN, Instant.MAX, OptionalDouble.of(100), PlayOptions.OnBadLine.STOP));

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(199));
  }

  @Test
  void shouldFailWhenAnEventCannotBeWritten() throws IOException {
    producer.sendException = new KafkaException("the broker is on fire");
    Path file = csv(HEADER + "e1,2011-09-01,ada,,,,,\n");

    assertThatThrownBy(() -> play(file, PlayOptions.everything()))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("on fire");
  }

  private PlayReport play(Path file, PlayOptions options) throws IOException {
    return player.play(new SourceFile(file, FileFormat.CSV), mapping(), options, bytes -> {});
  }

  private static PlayOptions skippingBadLines() {
    return new PlayOptions(
        Instant.MIN, Instant.MAX, OptionalDouble.empty(), PlayOptions.OnBadLine.SKIP);
  }

  private EventMapping mapping() throws IOException {
    return EventMappingFile.read(Files.writeString(folder.resolve("mapping.yaml"), MAPPING));
  }

  private Path csv(String text) throws IOException {
    return Files.writeString(folder.resolve("events.csv"), text);
  }
}
