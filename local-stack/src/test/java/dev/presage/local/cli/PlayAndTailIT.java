package dev.presage.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.presage.local.connection.Connection;
import dev.presage.local.stack.LocalStack;
import dev.presage.schemas.topics.TopicCatalogue;
import dev.presage.schemas.topics.TopicProvisioner;
import dev.presage.schemas.topics.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlayAndTailIT {

  private static LocalStack stack;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    stack = LocalStack.start();
    Connection connection = Connection.open(stack.bootstrapServers(), stack.registryUrl());
    try (Admin admin = connection.admin()) {
      new TopicProvisioner(admin).ensure(new TopicCatalogue(Topics.unprefixed(), 3));
    }
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void shouldShowWhatWasPlayed() throws IOException {
    Result played =
        run(
            "play",
            "demo/invoices.csv.gz",
            "--mapping",
            "demo/mapping.yaml",
            "--until",
            "2010-12-02");
    Result tailed = run("tail", "events", "--from-beginning", "--key", "17850", "--max", "2");

    assertThat(played.code()).isZero();
    assertThat(played.output()).contains("127 events sent to events").contains("22,059 outside");
    assertThat(tailed.code()).isZero();
    List<JsonNode> records = tailed.json();
    assertThat(records).hasSize(2);
    JsonNode first = records.getFirst();
    assertThat(first.at("/key").asText()).isEqualTo("17850");
    assertThat(first.at("/value/eventId").asText()).isEqualTo("536365");
    assertThat(first.at("/value/occurredAt").asText()).isEqualTo("2010-12-01T08:26:00Z");
    assertThat(first.at("/value/anonymousId").isNull()).isTrue();
    assertThat(first.at("/value/properties/revenue").asDouble()).isEqualTo(139.12);
    assertThat(first.at("/value/properties/country").asText()).isEqualTo("United Kingdom");
  }

  @Test
  void shouldReportBadLinesWithTheirNumbers() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("bad.csv"),
            """
            invoice,customer_id,occurred_at,event,revenue,quantity,country
            1,7,2011-01-01,order_completed,1,1,France
            2,7,never,order_completed,1,1,France
            """);

    Result stopped = run("play", file.toString(), "--mapping", "demo/mapping.yaml");
    Result skipped =
        run("play", file.toString(), "--mapping", "demo/mapping.yaml", "--on-bad-line", "skip");

    assertThat(stopped.code()).isEqualTo(4);
    assertThat(stopped.errors()).contains(file + ":3: occurredAt is 'never'");
    assertThat(skipped.code()).isZero();
    assertThat(skipped.output())
        .contains("1 events sent")
        .contains("1 bad lines left out:")
        .contains("line 3: occurredAt is 'never'");
  }

  @Test
  void shouldShowDeadLettersWithTheirHeaders() throws Exception {
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stack.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      ProducerRecord<byte[], byte[]> text =
          new ProducerRecord<>(
              "dead-letters",
              "k".getBytes(StandardCharsets.UTF_8),
              "hm".getBytes(StandardCharsets.UTF_8));
      text.headers().add("reason", "not Avro".getBytes(StandardCharsets.UTF_8));
      producer.send(text).get();
      producer.send(new ProducerRecord<>("dead-letters", null, new byte[] {0, -1, -2})).get();
      producer.send(new ProducerRecord<>("dead-letters", new byte[] {-1}, null)).get();
    }

    List<JsonNode> records = run("tail", "dead-letters", "--from-beginning", "--max", "3").json();

    assertThat(records.get(0).at("/headers/reason").asText()).isEqualTo("not Avro");
    assertThat(records.get(0).at("/value/text").asText()).isEqualTo("hm");
    assertThat(records.get(1).at("/value/base64").asText()).isEqualTo("AP/+");
    assertThat(records.get(2).at("/key/base64").asText()).isEqualTo("/w==");
    assertThat(records.get(2).at("/value").isNull()).isTrue();
  }

  @Test
  void shouldSuggestTheTopicThatWasMeant() {
    Result result = run("tail", "trait-update");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.errors()).contains("did you mean trait-updates?");
  }

  @Test
  void shouldNameTheRegistryThatDoesNotAnswer() throws IOException {
    Result result =
        run(
            "play",
            "demo/invoices.csv.gz",
            "--mapping",
            "demo/mapping.yaml",
            "--registry",
            "http://127.0.0.1:1");

    assertThat(result.code()).isEqualTo(3);
    assertThat(result.errors()).contains("http://127.0.0.1:1");
  }

  private record Result(int code, String output, String errors) {
    List<JsonNode> json() throws IOException {
      List<JsonNode> nodes = new ArrayList<>();
      for (String line : output.lines().toList()) {
        nodes.add(new ObjectMapper().readTree(line));
      }
      return nodes;
    }
  }

  private static Result run(String... args) {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.addAll(List.of("--bootstrap-servers", stack.bootstrapServers()));
    if (!all.contains("--registry")) {
      all.addAll(List.of("--registry", stack.registryUrl().toString()));
    }
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    try {
      int code = PresageCommand.execute(all.toArray(new String[0]));
      return new Result(
          code, output.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
