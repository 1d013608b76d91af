package dev.presage.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.presage.features.FeatureEngine;
import dev.presage.local.stack.LocalStack;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.IdentityLink;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelStatus;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TrainingExample;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.scoring.TopicClient.Keyed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Points 5 and 9 of the semantics, identity and exactly once, on two instances: devices, users and
 * aliases on different partitions, links before, among and after the events, and an instance that
 * is killed meanwhile, make the profiles that known IDs would have made.
 */
@SuppressWarnings("NullAway.Init") // JUnit calls start() first.
@ExtendWith(SharedStack.class)
class IdentityIT {
  private static final String TRAIT = "likelihood-to-repurchase-30d";
  private static final Instant START = Instant.parse("2011-09-01T00:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PEOPLE = 40;
  private static final int EVENTS = 30;

  private static LocalStack stack;
  private static TopicClient topics;

  private final FeatureEngine engine = new FeatureEngine(TestFeatures.declarations());

  /** An event, or a link in its place, in the order of arrival. */
  private record Arrival(@Nullable Event event, @Nullable IdentityLink link) {}

  @BeforeAll
  static void start(LocalStack shared) {
    stack = shared;
    topics = new TopicClient(stack);
  }

  @Test
  void shouldEndInTheProfilesThatKnownIdsWouldHaveMade(@TempDir Path folder) {
    List<List<Arrival>> people = new ArrayList<>();
    for (int person = 0; person < PEOPLE; person++) {
      people.add(arrivals(person));
    }
    try (ScoringProcess app = instance(folder.resolve("known"), "known-", "scoring-1")) {
      define("known-", app);
      List<Event> known = new ArrayList<>();
      for (int person = 0; person < PEOPLE; person++) {
        for (Arrival arrival : people.get(person)) {
          if (arrival.event() != null) {
            known.add(of("alias-" + person, arrival.event()));
          }
        }
      }
      send("known-", known);
      awaitAll("known-");
    }
    try (ScoringProcess one = instance(folder.resolve("one"), "linked-", "scoring-1");
        ScoringProcess other = instance(folder.resolve("other"), "linked-", "scoring-2")) {
      define("linked-", one);
      play(people, 0, EVENTS / 2);
      other.killAndStartAgain();
      play(people, EVENTS / 2, Integer.MAX_VALUE);
      awaitAll("linked-");
    }

    Map<String, List<Double>> known = lastVectors("known-");
    assertThat(known).hasSize(PEOPLE);
    assertThat(lastVectors("linked-")).isEqualTo(known);
    assertThat(values("linked-")).isEqualTo(values("known-"));
  }

  /** What happens to one person, links at random places. */
  private static List<Arrival> arrivals(int person) {
    Random random = new Random(person);
    String device = "device-" + person;
    String user = "user-" + person;
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      boolean isKnown = random.nextInt(3) == 0;
      Event event =
          new Event(
              "e-" + person + "-" + i,
              "order_completed",
              START.plusSeconds(3_600L * i + person),
              isKnown ? user : null,
              isKnown && random.nextBoolean() ? null : device,
              Map.of("revenue", random.nextInt(10_000) / 100.0));
      arrivals.add(new Arrival(event, null));
    }
    IdentityLink alias = new IdentityLink(user, "alias-" + person, START, false);
    IdentityLink sure = new IdentityLink(device, user, START, false);
    arrivals.add(random.nextInt(arrivals.size() + 1), new Arrival(null, alias));
    arrivals.add(random.nextInt(arrivals.size() + 1), new Arrival(null, sure));
    return arrivals;
  }

  private static void play(List<List<Arrival>> people, int from, int until) {
    List<Keyed<Event>> events = new ArrayList<>();
    List<Keyed<IdentityLink>> links = new ArrayList<>();
    for (List<Arrival> arrivals : people) {
      for (Arrival arrival : arrivals.subList(from, Math.min(until, arrivals.size()))) {
        Event event = arrival.event();
        IdentityLink link = arrival.link();
        if (event != null) {
          events.add(new Keyed<>(String.valueOf(event.getAnonymousId()), event));
        }
        if (link != null) {
          links.add(new Keyed<>(link.getFrom(), link));
        }
      }
    }
    Collections.shuffle(events, new Random(3));
    topics.write("linked-events", Event.class, events);
    topics.write("linked-identity-links", IdentityLink.class, links);
  }

  private static void send(String prefix, List<Event> events) {
    topics.write(
        prefix + "events",
        Event.class,
        events.stream().map(it -> new Keyed<>(it.getUserId(), it)).toList());
  }

  private static Event of(String userId, Event event) {
    return Event.newBuilder(event).setUserId(userId).setAnonymousId(null).build();
  }

  private static ScoringProcess instance(Path folder, String prefix, String id) {
    ScoringProcess app =
        new ScoringProcess(
            stack,
            folder,
            prefix,
            Map.of(
                "presage.instance-id", id,
                "presage.time.clock", "events",
                "presage.silence.ladder", "none"));
    app.awaitReady();
    return app;
  }

  private void define(String prefix, ScoringProcess app) {
    topics.write(
        prefix + "trait-definitions",
        TraitDefinition.class,
        List.of(
            new Keyed<>(
                TRAIT,
                TraitDefinition.newBuilder()
                    .setTrait(TRAIT)
                    .setTarget(new Target("order_completed", "true"))
                    .setHorizonMillis(Duration.ofDays(30).toMillis())
                    .setTolerance(0)
                    .setExampleShare(1)
                    .build())));
    topics.write(
        prefix + "models",
        ModelArtefact.class,
        List.of(
            new Keyed<>(
                TRAIT + "/v1",
                TestModels.stump(
                    engine.schema(), TRAIT, "v1", "orders_lifetime", EVENTS - 0.5f, -1, 1))));
    await()
        .atMost(PATIENCE)
        .until(() -> !topics.read(prefix + "model-status", ModelStatus.class).isEmpty());
    assertThat(app.process().isAlive()).isTrue();
  }

  /** Waits until everybody's profile has all events. */
  private static void awaitAll(String prefix) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () ->
                assertThat(lastVectors(prefix).values())
                    .hasSize(PEOPLE)
                    .allSatisfy(it -> assertThat(it.get(1)).isEqualTo(EVENTS)));
  }

  /** The last vector of each alias that was served. */
  private static Map<String, List<Double>> lastVectors(String prefix) {
    Map<String, List<Double>> vectors = new TreeMap<>();
    Map<String, Integer> numbers = new HashMap<>();
    for (ConsumerRecord<String, TrainingExample> record :
        topics.read(prefix + "training-examples", TrainingExample.class)) {
      TrainingExample example = record.value();
      if (example != null && example.getCanonicalId().startsWith("alias-")) {
        int number = Integer.parseInt(record.key().substring(record.key().lastIndexOf('/') + 1));
        if (numbers.merge(example.getCanonicalId(), number, Math::max) == number) {
          vectors.put(example.getCanonicalId(), example.getFeatures());
        }
      }
    }
    return vectors;
  }

  /** The values that hold now. */
  private static Map<String, Double> values(String prefix) {
    Map<String, Double> values = new HashMap<>();
    for (ConsumerRecord<String, TraitUpdate> record :
        topics.read(prefix + "trait-values", TraitUpdate.class)) {
      if (record.value() == null) {
        values.remove(record.key());
      } else {
        values.put(record.key(), record.value().getValue());
      }
    }
    return values;
  }
}
