package dev.presage.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.presage.local.stack.LocalStack;
import dev.presage.schemas.avro.DateReached;
import dev.presage.schemas.avro.DefinitionOutcome;
import dev.presage.schemas.avro.DefinitionStatus;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.HeldTrigger;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.schemas.avro.Segment;
import dev.presage.schemas.avro.SegmentChange;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.Trigger;
import dev.presage.schemas.avro.TriggerCaps;
import dev.presage.schemas.avro.TriggerDefinition;
import dev.presage.schemas.avro.TriggerOccasion;
import dev.presage.schemas.avro.TriggerRecipients;
import dev.presage.schemas.avro.WindowCap;
import dev.presage.scoring.TopicClient.Keyed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Items that expire call customers on all partitions, of two instances, and through crashes. */
@SuppressWarnings("NullAway.Init") // JUnit calls start() first.
@ExtendWith(SharedStack.class)
class RecipientIT {
  private static final String PREFIX = "calls-";
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Instant START = Instant.parse("2011-09-01T10:00:00Z");
  private static final Instant EXPIRY = START.plus(DAY.multipliedBy(40));
  private static final int CUSTOMERS = 2_000;
  private static final int ITEMS = 6;
  private static final int MOST = 50;

  @TempDir static Path folder;
  private static LocalStack stack;
  private static TopicClient topics;
  private static ScoringProcess first;
  private static ScoringProcess second;

  @BeforeAll
  static void start(LocalStack shared) throws IOException {
    stack = shared;
    topics = new TopicClient(stack);
    first = process("scoring-1");
    second = process("scoring-2");
    first.awaitReady();
    second.awaitReady();
  }

  @AfterAll
  static void stop() {
    second.close();
    first.close();
  }

  @Test
  void shouldReachEveryCustomerOnceForEachItemAndHoldTheCaps() {
    define();
    List<Keyed<Event>> orders = new ArrayList<>();
    for (int i = 0; i < CUSTOMERS; i++) {
      orders.add(order("u-" + i, i % 2 == 0 ? 50 : 5));
    }
    topics.write(PREFIX + "events", Event.class, orders);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> topics.read(PREFIX + "segment-changes", SegmentChange.class).size() >= CUSTOMERS);

    topics.write(PREFIX + "events", Event.class, listed());
    await()
        .atMost(PATIENCE)
        .until(
            () -> topics.read(PREFIX + "profile-log-item", ProfileLogRecord.class).size() == ITEMS);
    second.killAndStartAgain();
    second.awaitReady();
    // Others' events move the time of every partition: only timers remember the listings.
    topics.write(PREFIX + "events", Event.class, others());
    await().atMost(PATIENCE).until(() -> !triggers("all").isEmpty());
    first.killAndStartAgain();
    first.awaitReady();

    int expected = ITEMS * CUSTOMERS / 2;
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> triggers("all").size() >= expected && decided("few") >= expected);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                Stream.of(first, second)
                    .allMatch(it -> it.get("/v1/progress").body().contains("\"settled\":true")));
    assertThat(first.get("/v1/progress").body()).contains("\"pendingCalls\":0");
    assertThat(List.of(first, second))
        .as("customers are found by whichever instance is asked")
        .allSatisfy(it -> assertThat(it.get("/v1/profiles/u-0").statusCode()).isEqualTo(200));
    assertThat(triggers("all"))
        .as("each once, and of those who spent enough alone")
        .hasSize(expected)
        .allSatisfy(it -> assertThat(spent(it.getCanonicalId())).isEqualTo(50))
        .extracting(it -> it.getCanonicalId() + " " + it.getSubject().getCanonicalId())
        .doesNotHaveDuplicates();
    assertThat(triggers("few"))
        .as("so many customers, whatever the items")
        .hasSizeGreaterThanOrEqualTo(MOST)
        .extracting(Trigger::getCanonicalId)
        .satisfies(it -> assertThat(it.stream().distinct()).hasSize(MOST));
  }

  private static int spent(String customer) {
    return Integer.parseInt(customer.substring(2)) % 2 == 0 ? 50 : 5;
  }

  private static List<Trigger> triggers(String trigger) {
    return topics.read(PREFIX + "triggers", Trigger.class).stream()
        .map(ConsumerRecord::value)
        .filter(it -> it.getTrigger().equals(trigger))
        .toList();
  }

  private static long decided(String trigger) {
    return triggers(trigger).size()
        + topics.read(PREFIX + "held-triggers", HeldTrigger.class).stream()
            .filter(it -> it.value().getTrigger().equals(trigger))
            .count();
  }

  private static void define() {
    topics.write(
        PREFIX + "segment-definitions",
        SegmentDefinition.class,
        List.of(
            new Keyed<>(
                "all",
                SegmentDefinition.newBuilder()
                    .setSegmentation("all")
                    .setSegments(List.of(new Segment("all", "true", null)))
                    .build())));
    topics.write(
        PREFIX + "trigger-definitions",
        TriggerDefinition.class,
        List.of(
            new Keyed<>("all", definition("all", new TriggerCaps(0L, null, null, null))),
            new Keyed<>(
                "few",
                definition(
                    "few",
                    new TriggerCaps(0L, null, new WindowCap((long) MOST, DAY.toMillis()), null)))));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                topics.read(PREFIX + "definition-status", DefinitionStatus.class).stream()
                        .filter(it -> it.value().getOutcome() == DefinitionOutcome.ACCEPTED)
                        .map(ConsumerRecord::key)
                        .distinct()
                        .count()
                    == 6);
  }

  private static TriggerDefinition definition(String name, TriggerCaps caps) {
    return TriggerDefinition.newBuilder()
        .setTrigger(name)
        .setEntityType("item")
        .setOn(
            new TriggerOccasion(
                null, null, null, new DateReached("expires_at", DAY.multipliedBy(-7).toMillis())))
        .setRecipients(new TriggerRecipients("customer", "revenue_30d > 10.0"))
        .setCaps(caps)
        .build();
  }

  private static Keyed<Event> order(String id, double revenue) {
    return new Keyed<>(
        id, new Event("e-" + id, "order_completed", START, id, null, Map.of("revenue", revenue)));
  }

  private static List<Keyed<Event>> listed() {
    return IntStream.range(0, ITEMS)
        .mapToObj(i -> item("p-" + i, START, Map.of("expires_at", EXPIRY.toEpochMilli())))
        .toList();
  }

  private static List<Keyed<Event>> others() {
    return IntStream.range(0, 40).mapToObj(i -> item("other-" + i, EXPIRY, Map.of())).toList();
  }

  private static Keyed<Event> item(String item, Instant time, Map<String, Object> more) {
    Map<String, Object> properties = new HashMap<>(more);
    properties.put("productId", item);
    return new Keyed<>(item, new Event("e-" + item, "item_listed", time, null, null, properties));
  }

  private static ScoringProcess process(String instance) throws IOException {
    Path home = Files.createDirectories(folder.resolve(instance));
    Path features = Files.writeString(home.resolve("items.yaml"), TestItems.YAML);
    return new ScoringProcess(
        stack,
        home,
        PREFIX,
        Map.of(
            "presage.instance-id",
            instance,
            "presage.time.clock",
            "events",
            "presage.entities.item.key-property",
            "productId",
            "presage.entities.item.features.file",
            features.toString()));
  }
}
