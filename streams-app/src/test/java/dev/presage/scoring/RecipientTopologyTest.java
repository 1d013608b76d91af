package dev.presage.scoring;

import static dev.presage.scoring.TestItems.ITEM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.DateReached;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.HeldBy;
import dev.presage.schemas.avro.HeldTrigger;
import dev.presage.schemas.avro.PrivacyAction;
import dev.presage.schemas.avro.Segment;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.SegmentMove;
import dev.presage.schemas.avro.Trigger;
import dev.presage.schemas.avro.TriggerCandidate;
import dev.presage.schemas.avro.TriggerCaps;
import dev.presage.schemas.avro.TriggerDefinition;
import dev.presage.schemas.avro.TriggerOccasion;
import dev.presage.schemas.avro.TriggerRecipients;
import dev.presage.schemas.avro.TriggerSubject;
import dev.presage.schemas.avro.WindowCap;
import dev.presage.scoring.ingest.IngestSource;
import dev.presage.scoring.metrics.CallProgress;
import dev.presage.scoring.profile.BackgroundWork;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.kafka.streams.TestOutputTopic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to an item goes to the customers who match a rule. */
@SuppressWarnings("NullAway.Init") // JUnit calls start() first.
class RecipientTopologyTest {
  private static final Instant START = Instant.parse("2011-09-01T10:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Instant EXPIRY = START.plus(DAY.multipliedBy(40));
  private static final Instant SOON = EXPIRY.minus(DAY.multipliedBy(7));
  private static final String LAST_CHANCE = "last-chance";
  private static final String TWO_ORDERS = "orders_lifetime >= 2.0";

  /** No time at all: one step a turn. */
  private static final BackgroundWork STEPWISE =
      new BackgroundWork(
          BackgroundWork.ClockMode.WALL, Duration.ofMinutes(1), Duration.ofMillis(100), 1e-9);

  @TempDir private Path folder;
  private ScoringDriver driver;
  private TestOutputTopic<String, Trigger> triggers;
  private TestOutputTopic<String, HeldTrigger> held;
  private int events;

  @BeforeEach
  void start() {
    start(ScoringDriver.PATIENT);
  }

  private void start(BackgroundWork background) {
    driver =
        new ScoringDriver(
            folder, background, IngestSource.EVENTS, Map.of(ITEM, TestItems.declarations()));
    triggers = driver.output(driver.topics().triggers(), Trigger.class);
    held = driver.output(driver.topics().heldTriggers(), HeldTrigger.class);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void shouldTellCustomersOfAnItemThatExpiresSoon() {
    define(expiring(TWO_ORDERS));
    buy("often", "p-2", START);
    buy("often", "p-2", START);
    buy("once", "p-2", START);
    list("p-1", EXPIRY);

    passTime(SOON);

    var sent = triggers.readKeyValue();
    assertThat(sent.key).isEqualTo("often");
    assertThat(sent.value.getCanonicalId()).isEqualTo("often");
    assertThat(sent.value.getEntityType()).isEqualTo("customer");
    assertThat(sent.value.getSubject()).isEqualTo(new TriggerSubject("item", "p-1"));
    assertThat(sent.value.getReason()).isEqualTo("7d before expires_at, 2011-10-11T10:00:00Z");
    assertThat(sent.value.getAsOf()).isEqualTo(SOON);
    assertThat(sent.value.getCause()).isEqualTo(Cause.SILENCE);
    assertThat(triggers.isEmpty()).as("neither the item nor who bought once").isTrue();
    assertThat(driver.counted("presage.triggers.calls", "trigger", LAST_CHANCE)).isEqualTo(1);
    assertThat(driver.counted("presage.triggers.sent", "trigger", LAST_CHANCE)).isEqualTo(1);
  }

  @Test
  void shouldCallOnlyForItemsOfTheAudience() {
    define(expiring("true").setAudience("takings_lifetime >= 20.0"));
    buy("u-1", "sold", START);
    buy("u-1", "sold", START);
    list("sold", EXPIRY);
    list("left", EXPIRY);

    passTime(SOON);

    assertThat(triggers.readValuesToList())
        .filteredOn(it -> !it.getCanonicalId().equals("clock"))
        .extracting(Trigger::getCanonicalId, it -> it.getSubject().getCanonicalId())
        .containsExactly(tuple("u-1", "sold"));
  }

  @Test
  void shouldTellCustomersOfAnItemThatMovesBetweenSegments() {
    driver
        .books()
        .segmentation(
            "pace",
            SegmentDefinition.newBuilder()
                .setSegmentation("pace")
                .setEntityType("item")
                .setSegments(
                    List.of(
                        new Segment("fast", "sales_7d >= 2.0", null),
                        new Segment("slow", "true", null)))
                .build());
    define(
        TriggerDefinition.newBuilder()
            .setTrigger("hot")
            .setEntityType("item")
            .setOn(new TriggerOccasion(new SegmentMove("pace", null, "fast"), null, null, null))
            .setRecipients(new TriggerRecipients("customer", "orders_lifetime == 1.0")));

    buy("u-1", "p-1", START);
    buy("u-2", "p-1", START.plusSeconds(1));
    driver.settle();

    assertThat(triggers.readValuesToList())
        .extracting(Trigger::getCanonicalId, Trigger::getReason, Trigger::getEventId)
        .containsExactlyInAnyOrder(
            tuple("u-1", "pace: left slow, entered fast", "e-2"),
            tuple("u-2", "pace: left slow, entered fast", "e-2"));
  }

  @Test
  void shouldHoldTheCapsOfCustomersAcrossItems() {
    define(
        expiring("orders_lifetime >= 1.0")
            .setCaps(
                new TriggerCaps(DAY.toMillis(), null, new WindowCap(2L, DAY.toMillis()), null)));
    for (String user : List.of("u-1", "u-2", "u-3")) {
      buy(user, "other", START);
    }
    list("p-1", EXPIRY);
    list("p-2", EXPIRY.plusSeconds(60));

    passTime(SOON.plusSeconds(60));

    assertThat(triggers.readValuesToList())
        .as("two customers in a day, whatever the items, and nobody twice")
        .extracting(Trigger::getCanonicalId)
        .doesNotHaveDuplicates()
        .hasSize(2);
    assertThat(held.readValuesToList())
        .hasSize(4)
        .allSatisfy(it -> assertThat(it.getSubject().getEntityType()).isEqualTo("item"))
        .extracting(HeldTrigger::getHeldBy)
        .containsOnly(HeldBy.COOL_DOWN, HeldBy.TOTAL);
  }

  @Test
  void shouldGiveEachItemAndCustomerAnIdOfItsOwn() {
    define(expiring(TWO_ORDERS));
    for (String user : List.of("u-1", "u-2")) {
      buy(user, "other", START);
      buy(user, "other", START);
    }
    list("p-1", EXPIRY);
    list("p-2", EXPIRY);

    passTime(SOON);

    assertThat(triggers.readValuesToList())
        .hasSize(4)
        .extracting(Trigger::getTriggerId)
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldReadThePublishedValuesOfCustomers() {
    String trait = "likelihood-to-repurchase-30d";
    driver.define(trait);
    driver.serve(trait, "v1", 2);
    define(expiring("traits[\"" + trait + "\"] > 0.5"));
    buy("likely", "other", START);
    buy("likely", "other", START);
    buy("unlikely", "other", START);
    list("p-1", START.plus(DAY.multipliedBy(8)));

    passTime(START.plus(DAY));

    assertThat(triggers.readValuesToList())
        .extracting(Trigger::getCanonicalId)
        .containsExactly("likely");
  }

  @Test
  void shouldReadWhereCustomersRank() {
    String trait = "likelihood-to-repurchase-30d";
    driver.define(trait);
    driver.serve(trait, "v1", 2);
    for (int i = 0; i < 10; i++) {
      buy("u-" + i, "other", START);
    }
    buy("u-3", "other", START);
    driver.settle();
    driver.pass(Duration.ofSeconds(5));
    assertThat(driver.hearPopulation()).isPositive();
    define(expiring("percentiles[\"" + trait + "\"] > 90.0"));
    list("p-1", START.plus(DAY.multipliedBy(8)));

    passTime(START.plus(DAY));

    assertThat(triggers.readValuesToList())
        .extracting(Trigger::getCanonicalId)
        .containsExactly("u-3");
  }

  @Test
  void shouldNotTellWhoIsErasedOrMerged() {
    define(expiring("orders_lifetime >= 1.0"));
    buy("erased", "other", START);
    driver.send(
        new Event("d-1", "order_completed", START, null, "device", Map.of("revenue", 12.5)));
    buy("u-1", "other", START);
    driver.link("device", "u-1", START.plusSeconds(1));
    driver.command(PrivacyAction.ERASE, "erased", "r-1", START.plusSeconds(1));
    list("p-1", EXPIRY);

    passTime(SOON);

    assertThat(triggers.readValuesToList())
        .extracting(Trigger::getCanonicalId)
        .containsExactly("u-1");
  }

  @Test
  void shouldGoThroughManyCustomersInManyTurns() {
    driver.close();
    start(STEPWISE);
    define(expiring(TWO_ORDERS));
    IntStream.range(0, 20)
        .forEach(
            i -> {
              buy("u-" + i, "other", START);
              buy("u-" + i, "other", START);
            });
    call("p-1", "e-1");

    driver.settle();
    assertThat(calls().pending()).isEqualTo(1);
    assertThat(calls().passed()).isEqualTo(1);
    assertThat(calls().isDone()).isFalse();
    call("p-2", "e-2");
    call("p-3", "e-3");
    for (int turn = 0; turn < 30 && calls().pending() == 3; turn++) {
      driver.settle();
    }
    assertThat(triggers.readValuesToList()).as("the first pass").hasSize(20);
    assertThat(calls().pending()).isEqualTo(2);
    for (int turn = 0; turn < 30 && !calls().isDone(); turn++) {
      driver.settle();
    }

    assertThat(calls()).isEqualTo(new CallProgress(0, 40, true));
    assertThat(triggers.readValuesToList())
        .as("the others share a pass")
        .extracting(it -> it.getCanonicalId() + it.getSubject().getCanonicalId())
        .hasSize(40)
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldDecideByTheDefinitionThatCalled() {
    driver.close();
    start(STEPWISE);
    TriggerDefinition.Builder definition = expiring(TWO_ORDERS);
    define(definition);
    buy("u-1", "other", START);
    buy("u-1", "other", START);
    call("p-1", "e-1");

    driver.books().trigger(LAST_CHANCE, null);
    driver.settle();
    driver.settle();

    assertThat(triggers.readValuesToList())
        .extracting(Trigger::getCanonicalId)
        .containsExactly("u-1");
  }

  @Test
  void shouldForgetACallWhoseRuleReadsWhatIsNotThere() {
    buy("u-1", "other", START);
    TriggerDefinition gone = expiring("traits[\"gone\"] > 0.5").build();
    driver.input(
        driver.topics().triggerCalls(),
        TriggerCandidate.class,
        LAST_CHANCE,
        TriggerCandidate.newBuilder()
            .setCanonicalId("p-1")
            .setDefinition(gone)
            .setAsOf(START)
            .build());

    driver.settle();
    driver.settle();

    assertThat(calls().isDone()).isTrue();
    assertThat(triggers.isEmpty()).isTrue();
  }

  @Test
  void shouldSendACallThatIsNoneToTheDeadLetters() {
    var deadLetters = driver.output(driver.topics().deadLetters());
    driver.input(driver.topics().triggerCalls(), LAST_CHANCE, new byte[] {9});
    driver.input(
        driver.topics().triggerCalls(),
        TriggerCandidate.class,
        LAST_CHANCE,
        TriggerCandidate.newBuilder().setCanonicalId("p-1").build());

    assertThat(deadLetters.readRecordsToList()).hasSize(2);
    assertThat(driver.counted("presage.dead.letters", "code", "UNREADABLE")).isEqualTo(1);
    assertThat(driver.counted("presage.dead.letters", "code", "UNSUPPORTED")).isEqualTo(1);
    assertThat(calls().pending()).isZero();
  }

  private CallProgress calls() {
    return Objects.requireNonNull(driver.calls());
  }

  private void define(TriggerDefinition.Builder definition) {
    assertThat(
            driver
                .books()
                .trigger(definition.getTrigger(), definition.build())
                .getFirst()
                .problems())
        .isEmpty();
  }

  private static TriggerDefinition.Builder expiring(String recipients) {
    return TriggerDefinition.newBuilder()
        .setTrigger(LAST_CHANCE)
        .setEntityType("item")
        .setOn(
            new TriggerOccasion(
                null, null, null, new DateReached("expires_at", DAY.multipliedBy(-7).toMillis())))
        .setRecipients(new TriggerRecipients("customer", recipients));
  }

  /** Says that something happened to an item. */
  private void call(String item, String eventId) {
    driver.input(
        driver.topics().triggerCalls(),
        TriggerCandidate.class,
        LAST_CHANCE,
        TriggerCandidate.newBuilder()
            .setCanonicalId(item)
            .setDefinition(expiring(TWO_ORDERS).build())
            .setAsOf(START)
            .setEventId(eventId)
            .build());
  }

  private void list(String item, Instant expiry) {
    send(
        "item_listed", null, START, Map.of("productId", item, "expires_at", expiry.toEpochMilli()));
  }

  private void buy(String user, String item, Instant time) {
    send("order_completed", user, time, Map.of("productId", item, "revenue", 12.5));
  }

  /** Another item's event, just after a time, and what is due by then. */
  private void passTime(Instant until) {
    send("item_listed", null, until.plusMillis(1), Map.of("productId", "clock"));
    driver.settle();
    driver.settle();
  }

  private void send(
      String type, @Nullable String user, Instant time, Map<String, Object> properties) {
    events++;
    driver.send(new Event("e-" + events, type, time, user, null, properties));
  }
}
