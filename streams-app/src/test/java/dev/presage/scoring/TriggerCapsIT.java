package dev.presage.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.presage.local.stack.LocalStack;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.HeldBy;
import dev.presage.schemas.avro.HeldTrigger;
import dev.presage.schemas.avro.Segment;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.SegmentMove;
import dev.presage.schemas.avro.Trigger;
import dev.presage.schemas.avro.TriggerCaps;
import dev.presage.schemas.avro.TriggerDefinition;
import dev.presage.schemas.avro.TriggerOccasion;
import dev.presage.schemas.avro.WindowCap;
import dev.presage.scoring.TopicClient.Keyed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two instances on one broker, four partitions, and caps that hold across all of them. */
@SuppressWarnings("NullAway.Init") // JUnit calls start() first.
@ExtendWith(SharedStack.class)
class TriggerCapsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String PREFIX = "caps-";
  private static final int PROFILES = 600;
  private static final int MOST = 50;
  private static final Duration WINDOW = Duration.ofHours(1);
  private static final Instant START = Instant.parse("2011-09-01T10:00:00Z");

  @TempDir static Path folder;
  private static LocalStack stack;
  private static TopicClient topics;
  private static ScoringProcess first;
  private static ScoringProcess second;

  @BeforeAll
  static void start(LocalStack shared) {
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
  void shouldHoldTheTotalCapAcrossPartitionsInstancesAndACrash() {
    defineAndAwait();

    // Three hours of events, the second half while an instance is killed and starts again.
    List<Keyed<Event>> events = orders();
    topics.write(PREFIX + "events", Event.class, events.subList(0, PROFILES / 2));
    await().atMost(PATIENCE).until(() -> decided("scarce").size() >= PROFILES / 6);
    assertThat(List.of(first, second))
        .as("both instances have profiles")
        .allSatisfy(
            it -> assertThat(it.get("/metrics").body()).contains("presage_segment_changes_total{"));
    topics.write(PREFIX + "events", Event.class, events.subList(PROFILES / 2, PROFILES));
    second.killAndStartAgain();
    second.awaitReady();

    await().atMost(PATIENCE).until(() -> decided("scarce").size() >= PROFILES);
    List<Trigger> sent = sent("scarce");
    List<HeldTrigger> held = held("scarce");
    assertThat(decided("scarce")).as("each once").doesNotHaveDuplicates().hasSize(PROFILES);
    assertThat(held).extracting(HeldTrigger::getHeldBy).containsOnly(HeldBy.TOTAL);
    assertThat(sent).hasSizeBetween(3 * MOST / 2, 3 * MOST);
    for (Trigger end : sent) {
      assertThat(inWindow(sent, end.getAsOf()))
          .as("profiles in the hour up to %s", end.getAsOf())
          .isLessThanOrEqualTo(MOST);
    }
    for (HeldTrigger each : held) {
      assertThat(
              Stream.concat(
                      Stream.of(each.getAsOf()),
                      sent.stream()
                          .map(Trigger::getAsOf)
                          .filter(it -> it.isAfter(each.getAsOf()))
                          .filter(it -> it.isBefore(each.getAsOf().plus(WINDOW))))
                  .mapToLong(end -> inWindow(sent, end))
                  .max())
          .as("a window around what was held at %s is full", each.getAsOf())
          .hasValue(MOST);
    }
    assertThat(partitions()).as("candidates come from several partitions").hasSizeGreaterThan(1);
  }

  /** Definitions are in force everywhere when profiles of all partitions have set the probe off. */
  private static void defineAndAwait() {
    topics.write(
        PREFIX + "segment-definitions",
        SegmentDefinition.class,
        List.of(
            new Keyed<>(
                "buyers",
                new SegmentDefinition(
                    "buyers",
                    "customer",
                    "",
                    List.of(
                        new Segment("buyer", "revenue_30d > 1.0", null),
                        new Segment("trial", "revenue_30d == 1.0", null),
                        new Segment("none", "true", null)),
                    0L))));
    TriggerDefinition probe = definition("probe", "trial", null);
    TriggerDefinition scarce =
        definition("scarce", "buyer", new WindowCap((long) MOST, WINDOW.toMillis()));
    topics.write(
        PREFIX + "trigger-definitions",
        TriggerDefinition.class,
        List.of(new Keyed<>("scarce", scarce), new Keyed<>("probe", probe)));
    List<List<String>> batches = new ArrayList<>();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              List<Keyed<Event>> batch =
                  IntStream.range(0, 16)
                      .mapToObj(i -> order("probe-" + batches.size() + "-" + i, START, 1.0))
                      .toList();
              batches.add(batch.stream().map(Keyed::key).toList());
              topics.write(PREFIX + "events", Event.class, batch);
              List<String> answered = decided("probe");
              return batches.stream().anyMatch(answered::containsAll);
            });
  }

  private static TriggerDefinition definition(
      String name, String segment, @Nullable WindowCap total) {
    return TriggerDefinition.newBuilder()
        .setTrigger(name)
        .setOn(new TriggerOccasion(new SegmentMove("buyers", null, segment), null, null, null))
        .setOffer(Map.of("percent", 10L))
        .setCaps(new TriggerCaps(0L, null, total, null))
        .build();
  }

  private static List<Keyed<Event>> orders() {
    return IntStream.range(0, PROFILES)
        .mapToObj(
            i ->
                order(
                    "u-" + i,
                    START.plus(Duration.ofHours(3).dividedBy(PROFILES).multipliedBy(i)),
                    5.0))
        .toList();
  }

  private static Keyed<Event> order(String id, Instant time, double revenue) {
    return new Keyed<>(
        id, new Event("e-" + id, "order_completed", time, id, null, Map.of("revenue", revenue)));
  }

  private static long inWindow(List<Trigger> sent, Instant end) {
    return sent.stream()
        .filter(it -> it.getAsOf().isAfter(end.minus(WINDOW)) && !it.getAsOf().isAfter(end))
        .map(Trigger::getCanonicalId)
        .distinct()
        .count();
  }

  private static List<Trigger> sent(String trigger) {
    return topics.read(PREFIX + "triggers", Trigger.class).stream()
        .map(ConsumerRecord::value)
        .filter(it -> it.getTrigger().equals(trigger))
        .toList();
  }

  private static List<HeldTrigger> held(String trigger) {
    return topics.read(PREFIX + "held-triggers", HeldTrigger.class).stream()
        .map(ConsumerRecord::value)
        .filter(it -> it.getTrigger().equals(trigger))
        .toList();
  }

  /** The profiles of which it was decided, in either way. */
  private static List<String> decided(String trigger) {
    return Stream.concat(
            sent(trigger).stream().map(Trigger::getCanonicalId),
            held(trigger).stream().map(HeldTrigger::getCanonicalId))
        .toList();
  }

  private static Set<Integer> partitions() {
    return topics.read(PREFIX + "events", Event.class).stream()
        .filter(it -> it.key().startsWith("u-"))
        .map(ConsumerRecord::partition)
        .collect(Collectors.toSet());
  }

  private static ScoringProcess process(String instance) {
    return new ScoringProcess(
        stack, folder.resolve(instance), PREFIX, Map.of("presage.instance-id", instance));
  }
}
