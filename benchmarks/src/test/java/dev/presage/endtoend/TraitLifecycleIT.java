package dev.presage.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.presage.local.connection.Connection;
import dev.presage.local.demo.ConsumedOffsets;
import dev.presage.local.installation.Definitions;
import dev.presage.local.installation.Installation;
import dev.presage.local.installation.InstallationOptions;
import dev.presage.local.play.EventMappingFile;
import dev.presage.local.play.EventPlayer;
import dev.presage.local.play.FileFormat;
import dev.presage.local.play.PlayOptions;
import dev.presage.local.play.SourceFile;
import dev.presage.local.process.Resources;
import dev.presage.local.retrainer.ModelUpload;
import dev.presage.local.retrainer.RetrainerClient;
import dev.presage.local.retrainer.RunFollower;
import dev.presage.local.retrainer.TrainingRun;
import dev.presage.retrain.app.RetrainerProcess;
import dev.presage.retrain.app.RetrainerSettings;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.settings.SettingsReader;
import dev.presage.schemas.topics.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A trait over the demo's history, from one HTTP call to a model that is trained again: nobody asks
 * for a run before the last chapter.
 */
class TraitLifecycleIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Path DEMO = PROJECT.resolve("local-stack/demo");
  private static final SourceFile ORDERS =
      new SourceFile(DEMO.resolve("invoices.csv.gz"), FileFormat.CSV);
  private static final Instant DEFINED = Instant.parse("2011-09-01T00:00:00Z");
  private static final Instant TODAY = Instant.parse("2011-11-10T00:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String TRAIT = "orders-again";
  private static final String CUSTOMER = "14911"; // Orders every week.
  private static final String DEFINITION =
      """
      {"trait": "orders-again", "eligibility": "orders_lifetime >= 1", "horizon": "30d",
       "target": {"eventType": "order_completed"}, "exampleShare": 1.0}
      """;
  private static final String TOO_LONG =
      """
      {"trait": "orders-in-half-a-year", "eligibility": "orders_lifetime >= 1", "horizon": "180d",
       "target": {"eventType": "order_completed"}}
      """;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Topics topics = Topics.unprefixed();

  @Test
  void shouldBeLiveAfterOneCallAndBeTrainedAgainAsTheWorldChanges(@TempDir Path folder)
      throws Exception {
    Definitions features =
        new Definitions(DEMO.resolve("features.yaml"), List.of(), List.of(), List.of());
    InstallationOptions options =
        InstallationOptions.on(PROJECT, folder.resolve("data"), features)
            .replayingThePast()
            .with(
                Map.of("presage.quality.interval", "1s"),
                Map.of(
                    "presage.gate.shadow", "true",
                    "presage.schedule.enabled", "true",
                    "presage.schedule.reviews", "1s",
                    "presage.schedule.check", "1s",
                    "presage.schedule.least", "10s",
                    "presage.schedule.least-examples", "200"));
    try (Resources resources = new Resources();
        Installation installation = Installation.start(options, resources, said -> {});
        Admin admin = installation.connection().admin()) {
      Connection connection = installation.connection();
      URI retrainer = installation.addresses().retrainer();
      URI streamsApp = installation.addresses().streamsApp();
      play(connection, PlayOptions.everything().until(DEFINED));
      awaitProcessed(admin);

      post(retrainer, "/v1/traits", DEFINITION);
      assertThat(statesUntil(retrainer, TRAIT, "SHADOW")).contains("TRAINING");
      play(connection, PlayOptions.everything().from(DEFINED).until(TODAY));
      statesUntil(retrainer, TRAIT, "LIVE");
      String first = get(retrainer, "/v1/traits/" + TRAIT).path("liveVersion").asText();
      await("the sweep reaches the customer")
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(modelThatScores(streamsApp)).isEqualTo(first));

      post(retrainer, "/v1/traits", TOO_LONG);
      statesUntil(retrainer, "orders-in-half-a-year", "INSUFFICIENT_DATA");
      assertThat(get(retrainer, "/v1/traits/orders-in-half-a-year").path("reason").asText())
          .contains("days, a horizon of 180.0 days needs at least");

      otherCustomers(connection);
      awaitProcessed(admin);
      await("drift leads to a run")
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(overBecauseOfDrift(retrainer)).isTrue());
      installation.retrainer().close();
      shouldHoldAWorseCandidate(connection);
      shouldReplaceAWorseIncumbent(connection, folder);
    }
  }

  private void shouldHoldAWorseCandidate(Connection connection) {
    try (RetrainerProcess process = retrainer(connection, Map.of("rows.most", "1000"));
        RetrainerClient client = new RetrainerClient(process.address())) {
      String before = live(process);

      TrainingRun run = train(client);

      assertThat(run.isHeld()).as(run.toString()).isTrue();
      assertThat(run.reason()).contains("is not better than");
      assertThat(live(process)).as("what was live stays live").isEqualTo(before);
    }
  }

  private void shouldReplaceAWorseIncumbent(Connection connection, Path folder) throws IOException {
    Path weak =
        Files.writeString(
            folder.resolve("weak.json"),
            """
            {"kind": "linear", "format": 1, "link": "logistic", "intercept": 0,
             "terms": [{"feature": "orders_7d", "coefficient": 0.0078125}]}
            """);
    Path golden =
        Files.writeString(
            folder.resolve("golden.csv"),
            "orders_7d,margin,prediction\n0,0,0.5\n128,1,0.7310585786300049\n");
    try (RetrainerProcess process = retrainer(connection, Map.of());
        RetrainerClient client = new RetrainerClient(process.address())) {
      client.bringIn(
          new ModelUpload(
              TRAIT,
              weak,
              golden,
              "tests",
              Optional.empty(),
              Optional.of("weak"),
              Optional.empty(),
              Optional.empty(),
              Optional.empty()));
      await().atMost(PATIENCE).until(() -> live(process).equals("weak"));

      TrainingRun run = train(client);

      assertThat(run.isPublished()).as(run.toString()).isTrue();
      assertThat(run.reason()).contains("is not worse than", "of the live model weak");
      assertThat(get(process.address(), "/v1/runs/" + run.id()).path("gain").asText())
          .isEqualTo("CLEAR");
      await().atMost(PATIENCE).until(() -> live(process).equals(run.modelVersion().orElseThrow()));
    }
  }

  /** Waits for a state, and answers those that were seen on the way. */
  private Set<String> statesUntil(URI retrainer, String trait, String last) {
    Set<String> states = new LinkedHashSet<>();
    await(trait + " comes to " + last)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () -> {
              JsonNode now = get(retrainer, "/v1/traits/" + trait);
              states.add(now.path("state").asText());
              assertThat(now.path("state").asText())
                  .as(now.path("reason").asText())
                  .isEqualTo(last);
            });
    return states;
  }

  private String modelThatScores(URI streamsApp) {
    for (JsonNode trait : get(streamsApp, "/v1/profiles/" + CUSTOMER).path("traits")) {
      if (trait.path("trait").asText().equals(TRAIT)) {
        return trait.path("modelVersion").asText();
      }
    }
    return "none";
  }

  private boolean overBecauseOfDrift(URI retrainer) {
    for (JsonNode run : get(retrainer, "/v1/traits/" + TRAIT + "/runs")) {
      if (run.path("occasion").asText().equals("DRIFT") && !run.path("endedAt").isNull()) {
        return run.path("occasionReason").asText().contains("index of feature revenue");
      }
    }
    return false;
  }

  private String live(RetrainerProcess process) {
    return get(process.address(), "/v1/traits/" + TRAIT).path("liveVersion").asText();
  }

  private static TrainingRun train(RetrainerClient client) {
    return new RunFollower(client).follow(client.start(TRAIT).id(), run -> {});
  }

  private static RetrainerProcess retrainer(Connection connection, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("kafka.bootstrap-servers", connection.bootstrapServers());
    settings.put("registry.url", connection.registryUrl().toString());
    settings.put("features.file", DEMO.resolve("features.yaml").toString());
    settings.put("schedule.enabled", "false");
    settings.put("http.port", "0");
    return RetrainerProcess.start(RetrainerSettings.read(new SettingsReader("presage.", settings)));
  }

  private void play(Connection connection, PlayOptions what) throws IOException {
    try (Producer<String, Event> producer = connection.producer(Event.class)) {
      new EventPlayer(producer, topics.events())
          .play(ORDERS, EventMappingFile.read(DEMO.resolve("mapping.yaml")), what, bytes -> {});
    }
  }

  /** A campaign has brought many who order much at once. */
  private void otherCustomers(Connection connection) {
    try (Producer<String, Event> producer = connection.producer(Event.class)) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int order = 0; order < 1_500; order++) {
        String customer = "campaign-" + order % 300;
        Event event =
            Event.newBuilder()
                .setEventId("campaign-" + order)
                .setType("order_completed")
                .setOccurredAt(TODAY.plusSeconds(60L * order))
                .setUserId(customer)
                .setProperties(Map.of("revenue", 100_000.0 + order, "quantity", 10_000.0))
                .build();
        sent.add(producer.send(new ProducerRecord<>(topics.events(), customer, event)));
      }
      producer.flush();
      assertThat(sent).allMatch(it -> it.state() == Future.State.SUCCESS);
    }
  }

  private void awaitProcessed(Admin admin) {
    ConsumedOffsets consumed = new ConsumedOffsets(admin);
    await()
        .atMost(PATIENCE)
        .until(() -> consumed.lag(topics.events()) == 0 && consumed.lag(topics.profileLog()) == 0);
  }

  private void post(URI base, String path, String body) {
    JsonNode answer =
        send(
            HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    assertThat(answer.path("traits").size()).as(answer.toString()).isEqualTo(1);
  }

  private JsonNode get(URI base, String path) {
    return send(HttpRequest.newBuilder(base.resolve(path)).build());
  }

  private JsonNode send(HttpRequest request) {
    try {
      return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new AssertionError(request + " was not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted", e);
    }
  }
}
