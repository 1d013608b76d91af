package dev.presage.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.presage.local.stack.LocalStack;
import dev.presage.retrain.app.RetrainerProcess;
import dev.presage.retrain.app.RetrainerSettings;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.schemas.avro.TraitDefinition;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Definitions over HTTP, from the first question to a live trait and its end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DefinitionsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Topics TOPICS = Topics.unprefixed();
  private static final String TEMPLATE =
      """
      {"trait": "orders-again", "readyMade": "repurchase", "horizons": ["14d", "365d"],
       "callSite": "newsletter"}
      """;

  @TempDir static Path folder;
  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
  private LocalStack stack;
  private SchemaRegistry registry;
  private RetrainerProcess retrainer;

  @BeforeAll
  void start() throws IOException {
    stack = LocalStack.start();
    registry = SchemaRegistry.connect(RegistryConfig.of(stack.registryUrl()));
    Path features = Files.writeString(folder.resolve("features.yaml"), Histories.FEATURES);
    retrainer =
        RetrainerProcess.start(
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
                        "schedule.enabled",
                        "false",
                        "http.port",
                        "0"))));
    try (KafkaProducer<String, ProfileLogRecord> producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.bootstrapServers()),
            new StringSerializer(),
            AvroSerde.of(ProfileLogRecord.class, registry).serializer())) {
      List<Future<RecordMetadata>> sent =
          PlantedShop.history().stream()
              .map(it -> new ProducerRecord<>(TOPICS.profileLog(), it.profileId(), it.logged()))
              .map(producer::send)
              .toList();
      producer.flush();
      assertThat(sent).allMatch(it -> it.state() == Future.State.SUCCESS);
    }
  }

  @AfterAll
  void stop() {
    retrainer.close();
    stack.close();
  }

  @Test
  void shouldTakeATraitFromTheFirstQuestionToLiveAndToItsEnd() {
    JsonNode checked = post("/v1/traits?dryRun=true", TEMPLATE).body();
    assertThat(checked.path("definitions").findValuesAsText("trait"))
        .containsExactly("orders-again-14d", "orders-again-365d");
    assertThat(post("/v1/traits?dryRun=true&data=false", TEMPLATE).body().path("data")).isEmpty();
    JsonNode enough = checked.path("data").get(0);
    assertThat(enough.path("enough").asBoolean()).as(enough.toPrettyString()).isTrue();
    assertThat(enough.path("signals").size()).isPositive();
    JsonNode tooLittle = checked.path("data").get(1);
    assertThat(tooLittle.path("enough").asBoolean()).isFalse();
    assertThat(tooLittle.path("reason").asText())
        .contains("of 1391.6, to be expected by 2028-10-2");
    assertThat(tooLittle.path("needs")).hasSize(9);
    assertThat(get("/v1/traits").body()).as("nothing was written").isEmpty();

    Answer created = post("/v1/traits", TEMPLATE);
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.body().path("traits").findValuesAsText("state"))
        .containsExactly("COLLECTING", "COLLECTING");
    assertThat(post("/v1/traits", TEMPLATE).status()).isEqualTo(409);
    assertThat(get("/v1/traits?callSite=newsletter").body()).hasSize(2);
    assertThat(get("/v1/traits?callSite=checkout").body()).isEmpty();
    assertThat(get("/v1/traits/orders-again-365d/data").body().path("enough").asBoolean())
        .isFalse();

    assertThat(post("/v1/traits/orders-again-14d/pause", "").body().path("state").asText())
        .isEqualTo("PAUSED");
    Answer paused = post("/v1/traits/orders-again-14d/runs", "");
    assertThat(paused.status()).isEqualTo(409);
    assertThat(paused.body().path("message").asText())
        .contains("/v1/traits/orders-again-14d/resume");
    assertThat(post("/v1/traits/orders-again-14d/resume", "").body().path("state").asText())
        .isEqualTo("COLLECTING");

    assertThat(post("/v1/traits/orders-again-14d/runs", "").status()).isEqualTo(202);
    await().atMost(Duration.ofMinutes(2)).until(() -> state("orders-again-14d").equals("LIVE"));

    assertThat(delete("/v1/traits/orders-again-14d").status()).isEqualTo(204);
    assertThat(get("/v1/traits/orders-again-14d").status()).isEqualTo(404);
    assertThat(delete("/v1/traits/orders-again-14d").status()).isEqualTo(404);
    Map<String, Optional<TraitDefinition>> written = written();
    assertThat(written.get("orders-again-14d")).as("a tombstone").isEmpty();
    assertThat(written.get("orders-again-365d")).isPresent();
    assertThat(delete("/v1/traits/orders-again-365d").status()).isEqualTo(204);
  }

  @Test
  void shouldTrainAValueAndSayWhatThereIsToSayOfAmounts() {
    assertThat(
            post(
                    "/v1/traits",
                    """
                    {"trait": "spending", "kind": "value", "horizon": "14d", "tolerance": 5,
                     "target": {"eventType": "order_completed", "sum": "revenue"}}
                    """)
                .status())
        .isEqualTo(201);
    String run = post("/v1/traits/spending/runs", "").body().path("id").asText();
    await().atMost(Duration.ofMinutes(2)).until(() -> state("spending").equals("LIVE"));

    JsonNode evaluation = get("/v1/runs/" + run).body().path("evaluation");
    assertThat(evaluation.path("model").path("deviance").asDouble())
        .isPositive()
        .isLessThan(evaluation.path("baseline").path("deviance").asDouble());
    assertThat(evaluation.path("model").hasNonNull("auc")).isFalse();
    assertThat(get("/v1/runs/" + run + "/report").body().at("/findings/data/kind").asText())
        .isEqualTo("VALUE");
    Answer live = get("/v1/traits/spending/live-quality");
    assertThat(live.status()).isEqualTo(200);
    assertThat(live.body().path("rows").asLong()).as("nothing was served yet").isZero();
    Answer snapshots = get("/v1/traits/spending/snapshot-quality?from=2025-01-01T00:00:00Z");
    assertThat(snapshots.status()).isEqualTo(422);
    assertThat(snapshots.body().path("message").asText())
        .isEqualTo(
            "spending is a value; snapshots rank likelihoods, ask for"
                + " /v1/traits/spending/live-quality");
    assertThat(delete("/v1/traits/spending").status()).isEqualTo(204);
  }

  @Test
  void shouldTakeAnAttributeAndSayWhatItLacks() {
    assertThat(
            post(
                    "/v1/traits",
                    """
                    {"trait": "orders-for-work",
                     "target": {"eventType": "profile_updated",
                                "condition": "properties.usage == 'work'"},
                     "attribute": {"property": "usage", "trusted": "visits_7d >= 1"}}
                    """)
                .status())
        .isEqualTo(201);
    JsonNode definition = get("/v1/traits/orders-for-work").body().path("definition");
    assertThat(definition.at("/attribute/property").asText()).isEqualTo("usage");
    assertThat(get("/v1/traits/orders-for-work/data").body().path("reason").asText())
        .contains("profiles with it to judge by: 0");
    Answer quality = get("/v1/traits/orders-for-work/live-quality");
    assertThat(quality.status()).isEqualTo(422);
    assertThat(quality.body().path("message").asText())
        .startsWith("orders-for-work is an attribute: ");
    assertThat(
            get("/v1/traits/orders-for-work/snapshot-quality?from=2025-01-01T00:00:00Z").status())
        .isEqualTo(422);
    assertThat(delete("/v1/traits/orders-for-work").status()).isEqualTo(204);
  }

  @Test
  void shouldReplaceADefinitionThatIsWrittenInYaml() {
    String path = "/v1/traits/large-order";
    String definition =
        """
        trait: large-order
        eligibility: orders_lifetime >= 1
        target: {eventType: order_completed, condition: properties.revenue > 200.0}
        horizon: 14d
        """;

    assertThat(put(path, definition).status()).isEqualTo(201);
    assertThat(put(path, definition + "description: Over 200.\n").status()).isEqualTo(200);

    JsonNode shown = get(path).body().path("definition");
    assertThat(shown.path("description").asText()).isEqualTo("Over 200.");
    assertThat(put(path, shown.toString()).status()).as("what is shown can be sent").isEqualTo(200);
    assertThat(get(path).body().path("definition")).isEqualTo(shown);
    assertThat(put("/v1/traits/small-order", definition).body().path("problems").get(0).asText())
        .isEqualTo("the request defines large-order; expected small-order alone, as the path says");
    assertThat(delete(path).status()).isEqualTo(204);
  }

  @Test
  void shouldNameEverythingThatIsWrongAndChangeNothing() {
    Answer unreadable = post("/v1/traits", "{\"trait\": \"Eager\", \"horizont\": \"soon\"}");
    assertThat(unreadable.status()).isEqualTo(422);
    assertThat(unreadable.body().path("problems"))
        .extracting(JsonNode::asText)
        .contains(
            "trait is 'Eager'; expected lower-case letters, digits and hyphens",
            "target is missing",
            "horizon is missing",
            "horizont is not known; did you mean horizon?");

    Answer wrong =
        post(
            "/v1/traits",
            """
            {"trait": "eager", "eligibility": "order_lifetime >= 1", "horizon": "14d",
             "notDone": {"eventType": "returned"},
             "target": {"eventType": "order_completed", "condition": "properties."}}
            """);
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.body().path("problems")).hasSize(3);
    assertThat(wrong.body().path("message").asText())
        .contains("eager: eligibility: ")
        .contains("did you mean 'orders_lifetime'?")
        .contains("eager: notDone: no declared feature tells whether returned happened")
        .contains("eager: its target's condition is wrong: ");
    assertThat(post("/v1/traits", "not a definition").status()).isEqualTo(422);
    assertThat(get("/v1/traits/eager").status()).isEqualTo(404);
    assertThat(written()).doesNotContainKey("eager");
    assertThat(get("/v1/traits/eager/data").status()).isEqualTo(404);
    assertThat(post("/v1/traits/eager/pause", "").status()).isEqualTo(404);
  }

  private String state(String trait) {
    return get("/v1/traits/" + trait).body().path("state").asText();
  }

  /** The last value of each key on the topic. */
  private Map<String, Optional<TraitDefinition>> written() {
    try (KafkaConsumer<String, TraitDefinition> consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.bootstrapServers()),
            new StringDeserializer(),
            AvroSerde.of(TraitDefinition.class, registry).deserializer())) {
      TopicPartition partition = new TopicPartition(TOPICS.traitDefinitions(), 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      Map<String, Optional<TraitDefinition>> written = new HashMap<>();
      while (consumer.position(partition) < end) {
        consumer
            .poll(Duration.ofSeconds(1))
            .forEach(it -> written.put(it.key(), Optional.ofNullable(it.value())));
      }
      return written;
    }
  }

  private Answer get(String path) {
    return answer(request(path).build());
  }

  private Answer post(String path, String body) {
    return answer(request(path).POST(BodyPublishers.ofString(body)).build());
  }

  private Answer put(String path, String body) {
    return answer(
        request(path)
            .header("Content-Type", "application/yaml")
            .PUT(BodyPublishers.ofString(body))
            .build());
  }

  private Answer delete(String path) {
    return answer(request(path).DELETE().build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(retrainer.address() + path));
  }

  private Answer answer(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), JSON.readTree(response.body()));
    } catch (IOException e) {
      throw new AssertionError(request + " was not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted", e);
    }
  }

  private record Answer(int status, JsonNode body) {}
}
