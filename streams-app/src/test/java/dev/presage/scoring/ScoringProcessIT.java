package dev.presage.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.presage.features.FeatureEngine;
import dev.presage.features.FeatureSchema;
import dev.presage.local.process.LoopbackPorts;
import dev.presage.local.stack.LocalStack;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelOutcome;
import dev.presage.schemas.avro.ModelStatus;
import dev.presage.schemas.avro.Segment;
import dev.presage.schemas.avro.SegmentChange;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TrainingExample;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.scoring.TopicClient.Keyed;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Point 9 of the semantics, exactly once; and the process as it is packaged. */
@SuppressWarnings("NullAway.Init") // JUnit calls startStack() first.
@ExtendWith(SharedStack.class)
class ScoringProcessIT {
  private static final String TRAIT = "likelihood-to-repurchase-30d";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int EVENTS = 30_000;
  private static final int CUSTOMERS = 400;

  private static LocalStack stack;
  private static TopicClient topics;

  private final FeatureSchema schema = new FeatureEngine(TestFeatures.declarations()).schema();

  @BeforeAll
  static void startStack(LocalStack shared) {
    stack = shared;
    topics = new TopicClient(stack);
  }

  @Test
  void shouldGiveTheOutputsOfAnUndisturbedRunAfterItWasKilled(@TempDir Path folder) {
    // Nobody knows how long the machine takes, so the wall clock must not say who is silent.
    Map<String, String> replay = Map.of("presage.time.clock", "events");
    try (ScoringProcess undisturbed = start(folder, "undisturbed-", replay)) {
      playHistory("undisturbed-", 0, EVENTS);
      awaitExamples("undisturbed-", EVENTS);
      awaitSettled(undisturbed);
    }
    try (ScoringProcess killed = start(folder, "killed-", replay)) {
      playHistory("killed-", 0, EVENTS / 2);
      awaitExamples("killed-", EVENTS / 8);
      killed.killAndStartAgain();
      playHistory("killed-", EVENTS / 2, EVENTS);
      awaitExamples("killed-", EVENTS * 3 / 4);
      killed.killAndStartAgain();
      awaitExamples("killed-", EVENTS);
      awaitSettled(killed);
    }

    assertThat(outputs("killed-", "trait-values", TraitUpdate.class))
        .isEqualTo(outputs("undisturbed-", "trait-values", TraitUpdate.class));
    assertThat(outputs("killed-", "trait-updates", TraitUpdate.class))
        .isEqualTo(outputs("undisturbed-", "trait-updates", TraitUpdate.class));
    assertThat(outputs("killed-", "segment-changes", SegmentChange.class))
        .isNotEmpty()
        .isEqualTo(outputs("undisturbed-", "segment-changes", SegmentChange.class));
    assertThat(outputs("killed-", "training-examples", TrainingExample.class))
        .isNotEmpty()
        .isEqualTo(outputs("undisturbed-", "training-examples", TrainingExample.class));
  }

  @Test
  void shouldAnswerQueriesAndTellItsHealth(@TempDir Path folder) {
    try (ScoringProcess app = start(folder, "queries-")) {
      play("queries-", List.of(event(0, "u/1", Instant.parse("2011-09-01T10:00:00Z"), 12.5)));
      awaitExamples("queries-", 1);

      assertThat(app.get("/v1/profiles/u%2F1").body())
          .contains("\"id\":\"u/1\"", "\"asOf\":\"2011-09-01T10:00:00Z\"", "\"orders_30d\":1.0")
          .contains("\"trait\":\"" + TRAIT + "\"", "\"modelVersion\":\"v1\"", "\"revision\":1")
          .contains("\"reasons\":[{\"feature\":\"orders_30d\",\"value\":1.0,\"contribution\":-")
          .contains("\"segmentation\":\"repurchase\"", "\"segment\":\"unlikely\"");
      assertThat(app.get("/v1/profiles/nobody").statusCode()).isEqualTo(404);
      assertThat(app.get("/v1/profiles/u%2F1/features").body())
          .contains("\"id\":\"u/1\"", "\"asOf\":\"2011-09-01T10:00:00Z\"")
          .contains("\"name\":\"revenue_30d\",\"value\":12.5,\"exact\":true")
          .contains("\"newest\":[{\"time\":\"2011-09-01T10:00:00Z\",\"value\":12.5}]");
      assertThat(app.get("/v1/profiles/u%2F1/features?asOf=2011-08-31T00:00:00Z").body())
          .contains("\"asOf\":\"2011-08-31T00:00:00Z\"", "\"name\":\"revenue_30d\",\"value\":0.0");
      assertThat(app.get("/v1/profiles/nobody/features").statusCode()).isEqualTo(404);
      assertThat(app.get("/v1/profiles/u%2F1/features?asOf=yesterday"))
          .satisfies(it -> assertThat(it.statusCode()).isEqualTo(400))
          .satisfies(
              it ->
                  assertThat(it.body())
                      .contains(
                          "asOf 'yesterday' is not a time; write it like 2026-01-01T00:00:00Z"));
      assertThat(app.get("/v1/profiles/u%2F1/features?asOf=2100-01-01T00:00:00Z").body())
          .contains("asOf must be from 1970 to 2099, here it is 2100-01-01T00:00:00Z");
      assertRefused(app.get("/v1/profiles"), "An ID is missing: GET /v1/profiles/{id}");
      assertRefused(app.get("/v1/profiles/"), "An ID is missing: GET /v1/profiles/{id}");
      assertRefused(app.get("/v1/profiles/%20"), "The ID is blank");
      assertRefused(app.get("/v1/profiles/%20/features"), "The ID is blank");
      assertThat(app.get("/v1/profiles/" + "u".repeat(1_024)).statusCode()).isEqualTo(404);
      assertRefused(
          app.get("/v1/profiles/" + "u".repeat(1_025)),
          "The ID is longer than the 1024 bytes that an ID may have");
      assertThat(app.get("/health/liveness").statusCode()).isEqualTo(200);
      assertThat(app.get("/health/readiness").body()).contains("\"status\":\"UP\"");
      assertThat(app.get("/metrics").body())
          .contains("presage_events_total 1.0")
          .contains("presage_scores_total{trait=\"" + TRAIT + "\"} 1.0")
          .contains("presage_dead_letters_total{code=\"NO_ID\"} 0.0");
      assertThat(app.get("/openapi.yml").body())
          .contains("/v1/profiles/{id}", "/v1/profiles/{id}/features", "asOf")
          .doesNotContain("/internal", "307");
    }
  }

  @Test
  void shouldRefuseABrokenModelAndGoOnWithTheOldOne(@TempDir Path folder) {
    try (ScoringProcess app = start(folder, "refusal-")) {
      ModelArtefact broken =
          ModelArtefact.newBuilder(stump("v2")).setChecksum("0".repeat(64)).build();
      topics.write(
          "refusal-models", ModelArtefact.class, List.of(new Keyed<>(TRAIT + "/v2", broken)));

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(topics.read("refusal-model-status", ModelStatus.class).getLast())
                      .satisfies(
                          it -> {
                            assertThat(it.key()).isEqualTo(TRAIT + "/scoring-1");
                            assertThat(it.value().getOutcome()).isEqualTo(ModelOutcome.REJECTED);
                            assertThat(it.value().getCode()).isEqualTo("CHECKSUM_MISMATCH");
                            assertThat(it.value().getLiveVersion()).isEqualTo("v1");
                          }));
      topics.writeBytes("refusal-models", TRAIT + "/v3", new byte[] {1, 2, 3});
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(topics.read("refusal-model-status", ModelStatus.class).getLast())
                      .satisfies(
                          it -> {
                            assertThat(it.value().getVersion()).isEqualTo("v3");
                            assertThat(it.value().getCode()).isEqualTo("UNREADABLE");
                            assertThat(it.value().getLiveVersion()).isEqualTo("v1");
                          }));
      play("refusal-", List.of(event(0, "u-1", Instant.parse("2011-09-01T10:00:00Z"), 1)));
      awaitExamples("refusal-", 1);
      assertThat(app.process().isAlive()).isTrue();
    }
  }

  @Test
  void shouldSendBadRecordsToTheDeadLettersAndGoOn(@TempDir Path folder) {
    try (ScoringProcess app = start(folder, "bad-")) {
      Instant time = Instant.parse("2011-09-01T10:00:00Z");
      play("bad-", List.of(new Event("e", "order_completed", time, null, null, Map.of())));
      play("bad-", List.of(event(1, "u-1", time, 1)));
      awaitExamples("bad-", 1);

      assertThat(topics.read("bad-dead-letters", new ByteArrayDeserializer())).hasSize(1);
      assertThat(app.get("/metrics").body())
          .contains("presage_dead_letters_total{code=\"NO_ID\"} 1.0");
    }
  }

  @Test
  void shouldNameEveryProblemOfAWrongConfigurationAndEnd(@TempDir Path folder) throws IOException {
    Map<String, String> wrong =
        Map.of("presage.registry.url", "nonsense", "presage.stream.threads", "2");
    try (ScoringProcess app = new ScoringProcess(stack, folder, "wrong-", wrong)) {
      awaitEnd(app);

      assertThatThrownBy(() -> app.process().requireAlive()).hasMessageContaining("exit code 2");
      assertThat(Files.readString(app.process().log()))
          .contains("presage.registry.url is 'nonsense'")
          .contains("did you mean presage.streams.threads?");
    }
  }

  @Test
  void shouldEndWithTheProblemsOfWrongDeclarations(@TempDir Path folder) throws IOException {
    Path wrong =
        Files.writeString(folder.resolve("wrong.yaml"), "series: {a: {evnt: x}}\nfeatures: {}\n");
    try (ScoringProcess app =
        new ScoringProcess(
            stack, folder, "wrong-", Map.of("presage.features.file", wrong.toString()))) {
      awaitEnd(app);

      assertThatThrownBy(() -> app.process().requireAlive()).hasMessageContaining("exit code 2");
      assertThat(Files.readString(app.process().log())).contains("evnt");
    }
  }

  @Test
  void shouldStopOnDemandWhileItWaitsForTheBroker(@TempDir Path folder) {
    Map<String, String> unreachable =
        Map.of("presage.kafka.bootstrap-servers", "127.0.0.1:" + LoopbackPorts.free());
    try (ScoringProcess app = new ScoringProcess(stack, folder, "waiting-", unreachable)) {
      await()
          .atMost(PATIENCE)
          .until(() -> Files.readString(app.process().log()).contains("starts with"));

      app.process().close();

      assertThatThrownBy(() -> app.process().requireAlive())
          .as("143 is a stop on demand; 137 would be a kill after it did not come")
          .hasMessageContaining("exit code 143");
    }
  }

  private static void assertRefused(HttpResponse<String> answer, String why) {
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(why);
  }

  private static void awaitEnd(ScoringProcess app) {
    await().atMost(PATIENCE).until(() -> !app.process().isAlive());
  }

  private ScoringProcess start(Path folder, String prefix) {
    return start(folder, prefix, Map.of());
  }

  private ScoringProcess start(Path folder, String prefix, Map<String, String> more) {
    ScoringProcess app = new ScoringProcess(stack, folder.resolve(prefix), prefix, more);
    app.awaitReady();
    topics.write(
        prefix + "trait-definitions", TraitDefinition.class, List.of(new Keyed<>(TRAIT, trait())));
    topics.write(
        prefix + "segment-definitions",
        SegmentDefinition.class,
        List.of(new Keyed<>("repurchase", segmentation())));
    topics.write(
        prefix + "models", ModelArtefact.class, List.of(new Keyed<>(TRAIT + "/v1", stump("v1"))));
    await()
        .atMost(PATIENCE)
        .until(() -> !topics.read(prefix + "model-status", ModelStatus.class).isEmpty());
    return app;
  }

  private static void playHistory(String prefix, int from, int until) {
    Random random = new Random(7);
    Instant start = Instant.parse("2011-01-01T00:00:00Z");
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < until; i++) {
      int customer = i < CUSTOMERS ? i : random.nextInt(CUSTOMERS);
      Event event =
          event(i, "u-" + customer, start.plusSeconds(600L * i), random.nextInt(10_000) / 100.0);
      if (i >= from) {
        events.add(event);
      }
    }
    play(prefix, events);
  }

  private static void play(String prefix, List<Event> events) {
    topics.write(
        prefix + "events",
        Event.class,
        events.stream().map(it -> new Keyed<>(String.valueOf(it.getUserId()), it)).toList());
  }

  /** Waits until so many events were scored. */
  private static void awaitExamples(String prefix, int atLeast) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () ->
                topics.read(prefix + "training-examples", TrainingExample.class).stream()
                        .filter(it -> it.value().getEventId() != null)
                        .filter(it -> it.value().getLabel() == null)
                        .count()
                    >= atLeast);
  }

  /** Waits until every profile that fell silent was scored, too. */
  private static void awaitSettled(ScoringProcess app) {
    await()
        .atMost(PATIENCE)
        .until(() -> app.get("/v1/progress").body().contains("\"settled\":true"));
  }

  /** What a consumer sees, by key and in order; the schemas' bytes, so nothing is left out. */
  private static <T extends SpecificRecord> Map<String, List<T>> outputs(
      String prefix, String topic, Class<T> type) {
    Map<String, List<T>> outputs = new HashMap<>();
    for (ConsumerRecord<String, T> record : topics.read(prefix + topic, type)) {
      outputs.computeIfAbsent(record.key(), it -> new ArrayList<>()).add(record.value());
    }
    return outputs;
  }

  private static Event event(int number, String userId, Instant time, double revenue) {
    return new Event(
        "e-" + number, "order_completed", time, userId, null, Map.of("revenue", revenue));
  }

  private ModelArtefact stump(String version) {
    return TestModels.stump(schema, TRAIT, version, "orders_30d", 9.5f, -1, 1);
  }

  private static TraitDefinition trait() {
    return TraitDefinition.newBuilder()
        .setTrait(TRAIT)
        .setEligibility("orders_lifetime >= 1")
        .setTarget(new Target("order_completed", "true"))
        .setHorizonMillis(Duration.ofDays(30).toMillis())
        .setTolerance(0.01)
        .setExampleShare(1.0)
        .setReasons(3)
        .build();
  }

  private static SegmentDefinition segmentation() {
    String value = "traits['" + TRAIT + "']";
    return new SegmentDefinition(
        "repurchase",
        "customer",
        "",
        List.of(
            new Segment("likely", value + " > 0.6", value + " > 0.5"),
            new Segment("unlikely", "true", null)),
        0L);
  }
}
