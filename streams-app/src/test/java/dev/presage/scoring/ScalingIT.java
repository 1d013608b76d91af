package dev.presage.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.presage.features.FeatureEngine;
import dev.presage.features.FeatureSchema;
import dev.presage.local.stack.LocalStack;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelStatus;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TrainingExample;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.scoring.TopicClient.Keyed;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Point 9 of the semantics, exactly once, on several instances; and who answers. */
@Tag("slow") // Minutes: -Pslow-tests runs it.
@SuppressWarnings("NullAway.Init") // JUnit calls startStack() first.
@ExtendWith(SharedStack.class)
class ScalingIT {
  private static final Logger log = LoggerFactory.getLogger(ScalingIT.class);
  private static final String TRAIT = "likelihood-to-repurchase-30d";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(30);
  private static final Map<String, String> STANDBY =
      Map.of("presage.streams.standby-replicas", "1");
  private static final Instant START = Instant.parse("2011-01-01T00:00:00Z");

  /** With those that are hard to put into a path. */
  private static final List<String> CUSTOMERS = customers();

  private static LocalStack stack;
  private static TopicClient topics;

  private final FeatureSchema schema = new FeatureEngine(TestFeatures.declarations()).schema();

  @BeforeAll
  static void startStack(LocalStack shared) {
    stack = shared;
    topics = new TopicClient(stack);
  }

  @Test
  void shouldLoseAndDoubleNothingFromOneInstanceToThreeAndBack(@TempDir Path folder) {
    int events;
    try (ScoringProcess first = start(folder, "scaled-", "scoring-1", STANDBY)) {
      define("scaled-", first);
      Load load = new Load("scaled-");
      try (ScoringProcess second = start(folder, "scaled-", "scoring-2", STANDBY)) {
        load.during(() -> awaitThatItFolds(second));
        awaitExamples("scaled-", load.events());
        assertThatEveryInstanceAnswersTheSame(List.of(first, second));
        try (ScoringProcess third = start(folder, "scaled-", "scoring-3", STANDBY)) {
          load.during(() -> awaitThatItFolds(third));
          awaitExamples("scaled-", load.events());
          assertThatEveryInstanceAnswersTheSame(List.of(first, second, third));
          load.during(
              () -> {
                stop(third);
                stop(second);
              });
        }
      }
      events = load.events();
      awaitExamples("scaled-", events);
    }
    try (ScoringProcess undisturbed = start(folder, "alone-", "scoring-1", Map.of())) {
      define("alone-", undisturbed);
      play("alone-", 0, events);
      awaitExamples("alone-", events);
    }

    log.info("{} events were played", events);
    Map<String, List<TraitUpdate>> updates = updates("scaled-trait-updates");
    assertThat(updates).hasSize(CUSTOMERS.size()).isEqualTo(updates("alone-trait-updates"));
    assertThat(updates.values())
        .allSatisfy(
            it ->
                assertThat(it.getLast().getRevision())
                    .as("revision numbers have no gap")
                    .isEqualTo(it.size()));
    assertThat(newest(updates("scaled-trait-values")))
        .isEqualTo(newest(updates("alone-trait-values")));
  }

  @Test
  void shouldAnswerFromStandbyReplicasWhileTheirInstanceIsGone(@TempDir Path folder) {
    try (ScoringProcess first = start(folder, "standby-", "scoring-1", STANDBY);
        ScoringProcess second = start(folder, "standby-", "scoring-2", STANDBY)) {
      define("standby-", first);
      second.awaitReady();
      play("standby-", 0, 1_000);
      awaitExamples("standby-", 1_000);
      Map<String, String> before = answers(first);
      await().atMost(PATIENCE).until(() -> hasEveryReplica(first) && hasEveryReplica(second));

      second.process().kill();

      int fromReplicas = 0;
      for (Map.Entry<String, String> answer : answers(first).entrySet()) {
        String body = answer.getValue();
        if (body.contains("\"standby\":true,\"standbyLag\":")) {
          fromReplicas++;
        }
        assertThat(body.replaceAll("\"standby\":true,\"standbyLag\":\\d+", "\"standby\":false"))
            .isEqualTo(before.get(answer.getKey()));
      }
      assertThat(fromReplicas).isBetween(1, CUSTOMERS.size() - 1);
      assertThat(first.get("/metrics").body())
          .contains("presage_profile_reads_total{outcome=\"standby\"} " + fromReplicas + ".0");
    }
  }

  @Test
  void shouldHandOverInAnOrderlyWayUnderTheStreamsProtocol(@TempDir Path folder) {
    Map<String, String> settings = new HashMap<>(STANDBY);
    settings.put("presage.streams.group-protocol", "streams");
    try (ScoringProcess first = start(folder, "broker-", "scoring-1", settings)) {
      define("broker-", first);
      Load load = new Load("broker-");
      try (ScoringProcess second = start(folder, "broker-", "scoring-2", settings)) {
        load.during(() -> awaitThatItFolds(second));
        awaitExamples("broker-", load.events());
        assertThatEveryInstanceAnswersTheSame(List.of(first, second));
        await().atMost(PATIENCE).until(() -> hasEveryReplica(first) && hasEveryReplica(second));
        load.during(() -> stop(second));
      }
      awaitExamples("broker-", load.events());

      assertThat(updates("broker-trait-updates").values())
          .hasSize(CUSTOMERS.size())
          .allSatisfy(it -> assertThat(it.getLast().getRevision()).isEqualTo(it.size()));
    }
  }

  private static boolean hasEveryReplica(ScoringProcess app) {
    return CUSTOMERS.stream()
        .map(it -> app.get("/internal/v1/profiles/" + encoded(it)))
        .allMatch(
            it ->
                it.statusCode() == 200
                    && it.headers().firstValueAsLong("Presage-Standby-Lag").orElse(0) == 0);
  }

  private static void assertThatEveryInstanceAnswersTheSame(List<ScoringProcess> instances) {
    for (ScoringProcess instance : instances) {
      // A replica may answer for a moment while partitions are on their way.
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(answers(instance)).isEqualTo(answers(instances.getFirst())));
      assertThat(instance.get("/v1/profiles/nobody").statusCode()).isEqualTo(404);
      for (String customer : CUSTOMERS.subList(0, 5)) {
        String path = "/v1/profiles/" + encoded(customer) + "/features?asOf=2011-01-02T00:00:00Z";
        assertThat(instance.get(path).body())
            .contains("\"asOf\":\"2011-01-02T00:00:00Z\"")
            .isEqualTo(instances.getFirst().get(path).body());
      }
    }
  }

  private static Map<String, String> answers(ScoringProcess app) {
    Map<String, String> answers = new HashMap<>();
    for (String customer : CUSTOMERS) {
      HttpResponse<String> answer = app.get("/v1/profiles/" + encoded(customer));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      answers.put(customer, answer.body());
    }
    return answers;
  }

  private static void awaitThatItFolds(ScoringProcess app) {
    app.awaitReady();
    await()
        .atMost(PATIENCE)
        .until(() -> !app.get("/metrics").body().contains("presage_events_total 0.0"));
  }

  private static void stop(ScoringProcess app) {
    Instant begin = Instant.now();
    app.close();
    Duration took = Duration.between(begin, Instant.now());
    log.info("An instance stopped within {} ms", took.toMillis());
    assertThat(took).isLessThan(LONGEST_STOP);
  }

  private static ScoringProcess start(
      Path folder, String prefix, String instance, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("presage.instance-id", instance);
    settings.put("presage.streams.threads", "1");
    // Every score is of an event, so that they can be counted while instances come and go.
    settings.put("presage.time.clock", "events");
    settings.put("presage.silence.ladder", "none");
    return new ScoringProcess(stack, folder.resolve(prefix + instance), prefix, settings);
  }

  private void define(String prefix, ScoringProcess app) {
    app.awaitReady();
    TraitDefinition trait =
        TraitDefinition.newBuilder()
            .setTrait(TRAIT)
            .setEligibility("orders_lifetime >= 1")
            .setTarget(new Target("order_completed", "true"))
            .setHorizonMillis(Duration.ofDays(30).toMillis())
            .setTolerance(0.01)
            .setExampleShare(1.0)
            .setReasons(3)
            .build();
    topics.write(
        prefix + "trait-definitions", TraitDefinition.class, List.of(new Keyed<>(TRAIT, trait)));
    topics.write(
        prefix + "models",
        ModelArtefact.class,
        List.of(
            new Keyed<>(
                TRAIT + "/v1", TestModels.stump(schema, TRAIT, "v1", "orders_30d", 9.5f, -1, 1))));
    await()
        .atMost(PATIENCE)
        .until(() -> !topics.read(prefix + "model-status", ModelStatus.class).isEmpty());
  }

  /** Plays the history while something else happens. */
  private static final class Load {
    private static final int EVENTS = 50;
    private static final int PERIOD_MILLIS = 250;

    private final String prefix;
    private int played;

    Load(String prefix) {
      this.prefix = prefix;
    }

    void during(Runnable change) {
      ScheduledExecutorService player = Executors.newSingleThreadScheduledExecutor();
      Future<?> playing =
          player.scheduleAtFixedRate(this::playSome, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
      try {
        change.run();
        assertThat(playing.isDone()).as("every write has succeeded").isFalse();
      } finally {
        player.close();
      }
    }

    private synchronized void playSome() {
      play(prefix, played, played + EVENTS);
      played += EVENTS;
    }

    synchronized int events() {
      return played;
    }
  }

  private static void play(String prefix, int from, int until) {
    List<Keyed<Event>> events = new ArrayList<>();
    for (int i = from; i < until; i++) {
      Random random = new Random(i);
      String customer = CUSTOMERS.get(random.nextInt(CUSTOMERS.size()));
      events.add(
          new Keyed<>(
              customer,
              new Event(
                  "e-" + i,
                  "order_completed",
                  START.plusSeconds(600L * i),
                  customer,
                  null,
                  Map.of("revenue", random.nextInt(10_000) / 100.0))));
    }
    topics.write(prefix + "events", Event.class, events);
  }

  private static void awaitExamples(String prefix, int events) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> examples(prefix) >= events);
    assertThat(examples(prefix)).isEqualTo(events);
  }

  /** How many events were scored; examples come again with their labels. */
  private static long examples(String prefix) {
    return topics.read(prefix + "training-examples", TrainingExample.class).stream()
        .filter(it -> it.value().getLabel() == null)
        .count();
  }

  private static Map<String, List<TraitUpdate>> updates(String topic) {
    Map<String, List<TraitUpdate>> updates = new HashMap<>();
    for (ConsumerRecord<String, TraitUpdate> record : topics.read(topic, TraitUpdate.class)) {
      updates.computeIfAbsent(record.key(), it -> new ArrayList<>()).add(record.value());
    }
    return updates;
  }

  private static Map<String, TraitUpdate> newest(Map<String, List<TraitUpdate>> updates) {
    Map<String, TraitUpdate> newest = new HashMap<>();
    updates.forEach((key, values) -> newest.put(key, values.getLast()));
    return newest;
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static List<String> customers() {
    List<String> customers = new ArrayList<>(List.of("a/b", "x y+z%2F", "\u00fc;?#", "..", "."));
    for (int i = 0; i < 60; i++) {
      customers.add("u-" + i);
    }
    return List.copyOf(customers);
  }
}
