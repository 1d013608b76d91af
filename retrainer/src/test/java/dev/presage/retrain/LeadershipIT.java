package dev.presage.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.presage.local.stack.LocalStack;
import dev.presage.retrain.app.RetrainerProcess;
import dev.presage.retrain.app.RetrainerSettings;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.schemas.registry.RegistryConfig;
import dev.presage.schemas.registry.SchemaRegistry;
import dev.presage.schemas.settings.SettingsReader;
import dev.presage.schemas.topics.Topics;
import dev.presage.schemas.wire.AvroSerde;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two retrainers on one broker: one trains, and the other takes over where it stopped. */
class LeadershipIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
  @TempDir Path folder;

  @Test
  void shouldTrainByItselfAndHandOverWhatIsNotDone() throws IOException {
    try (LocalStack stack = LocalStack.start();
        RetrainerProcess first = start(stack)) {
      fill(stack);
      String created =
          post(first, "/v1/traits", definition("orders-again")).path("traits").toString();
      assertThat(created).contains("orders-again");
      await("trained without being asked")
          .atMost(LONGEST)
          .until(() -> state(first, "orders-again").equals("LIVE"));
      JsonNode run = get(first, "/v1/traits/orders-again/runs").path(0);
      assertThat(run.path("occasion").asText()).isEqualTo("FIRST");
      JsonNode schedule = get(first, "/v1/traits/orders-again/schedule");
      assertThat(schedule.path("enabled").asBoolean()).isTrue();
      assertThat(schedule.path("cadence").asText()).isEqualTo("PT168H");
      assertThat(schedule.path("nextAt").isNull()).isFalse();
      JsonNode report = get(first, "/v1/runs/" + run.path("id").asText() + "/report");
      assertThat(report.path("findings").path("predictors").size()).isPositive();

      try (RetrainerProcess second = start(stack)) {
        assertThat(metric(first)).isEqualTo("presage_retrainer_leader 1.0");
        assertThat(metric(second)).isEqualTo("presage_retrainer_leader 0.0");
        assertThat(get(second, "/v1/runs/" + run.path("id").asText() + "/report"))
            .as("what one has found out, the other knows")
            .isEqualTo(report);

        // By one that does not lead: it sends on.
        List<String> runs =
            List.of("orders-once-more", "orders-yet-again", "orders-for-ever").stream()
                .map(trait -> asked(second, trait))
                .toList();
        stop(first);

        for (String id : runs) {
          await("run " + id)
              .atMost(LONGEST)
              .untilAsserted(
                  () ->
                      assertThat(get(second, "/v1/runs/" + id).path("state").asText())
                          .isIn("PUBLISHED", "HELD"));
        }
        assertThat(metric(second)).isEqualTo("presage_retrainer_leader 1.0");
        assertThat(get(second, "/v1/runs/" + runs.getLast() + "/report").path("findings").isNull())
            .isFalse();
      }
      try (RetrainerProcess third = start(stack)) {
        assertThat(get(third, "/v1/runs/" + run.path("id").asText() + "/report"))
            .as("it is kept when nobody runs")
            .isEqualTo(report);
      }
    }
  }

  private static void stop(RetrainerProcess retrainer) {
    retrainer.close();
  }

  /** Defined and asked for; a schedule may have been faster. */
  private String asked(RetrainerProcess retrainer, String trait) {
    post(retrainer, "/v1/traits", definition(trait));
    return post(retrainer, "/v1/traits/" + trait + "/runs", "").path("id").asText();
  }

  private RetrainerProcess start(LocalStack stack) throws IOException {
    Path features = Files.writeString(folder.resolve("features.yaml"), Histories.FEATURES);
    return RetrainerProcess.start(
        RetrainerSettings.read(
            new SettingsReader(
                "presage.",
                Map.of(
                    "kafka.bootstrap-servers",
                    stack.bootstrapServers(),
                    "registry.url",
                    stack.registryUrl().toString(),
                    "topics.partitions",
                    "3",
                    "features.file",
                    features.toString(),
                    "schedule.check",
                    "1s",
                    "http.port",
                    "0"))));
  }

  private static void fill(LocalStack stack) {
    try (KafkaProducer<String, ProfileLogRecord> producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.bootstrapServers()),
            new StringSerializer(),
            AvroSerde.of(
                    ProfileLogRecord.class,
                    SchemaRegistry.connect(RegistryConfig.of(stack.registryUrl())))
                .serializer())) {
      String topic = Topics.unprefixed().profileLog();
      List<Future<RecordMetadata>> sent =
          PlantedShop.history().stream()
              .map(it -> new ProducerRecord<>(topic, it.profileId(), it.logged()))
              .map(producer::send)
              .toList();
      producer.flush();
      assertThat(sent).allMatch(it -> it.state() == Future.State.SUCCESS);
    }
  }

  private static String definition(String trait) {
    return """
    {"trait": "%s", "horizon": "14d", "target": {"eventType": "order_completed"}}
    """
        .formatted(trait);
  }

  private String state(RetrainerProcess retrainer, String trait) {
    return get(retrainer, "/v1/traits/" + trait).path("state").asText();
  }

  private String metric(RetrainerProcess retrainer) {
    return text(request(retrainer, "/metrics").build())
        .lines()
        .filter(it -> it.startsWith("presage_retrainer_leader"))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode get(RetrainerProcess retrainer, String path) {
    return json(request(retrainer, path).build());
  }

  private JsonNode post(RetrainerProcess retrainer, String path, String body) {
    return json(request(retrainer, path).POST(BodyPublishers.ofString(body)).build());
  }

  private static HttpRequest.Builder request(RetrainerProcess retrainer, String path) {
    return HttpRequest.newBuilder(URI.create(retrainer.address() + path))
        .header("Content-Type", "application/json");
  }

  private JsonNode json(HttpRequest request) {
    try {
      return JSON.readTree(text(request));
    } catch (IOException e) {
      throw new AssertionError(request + " was not answered with JSON", e);
    }
  }

  private String text(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new AssertionError(request + " was not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted", e);
    }
  }
}
