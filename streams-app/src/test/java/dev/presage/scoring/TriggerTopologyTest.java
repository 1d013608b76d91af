package dev.presage.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.CrossingDirection;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.HeldBy;
import dev.presage.schemas.avro.HeldTrigger;
import dev.presage.schemas.avro.LargestDiscount;
import dev.presage.schemas.avro.PrivacyAction;
import dev.presage.schemas.avro.Segment;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.SegmentMove;
import dev.presage.schemas.avro.SilenceReached;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitCrossing;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.Trigger;
import dev.presage.schemas.avro.TriggerCandidate;
import dev.presage.schemas.avro.TriggerCaps;
import dev.presage.schemas.avro.TriggerDefinition;
import dev.presage.schemas.avro.TriggerOccasion;
import dev.presage.schemas.avro.WindowCap;
import dev.presage.scoring.rules.RuleBook;
import dev.presage.scoring.trigger.Triggers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.streams.TestOutputTopic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit calls start() first.
class TriggerTopologyTest {
  private static final String TRAIT = "likelihood-to-repurchase-30d";
  private static final Instant START = Instant.parse("2011-09-01T10:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private ScoringDriver driver;
  private RuleBook rules;
  private TestOutputTopic<String, Trigger> triggers;
  private TestOutputTopic<String, HeldTrigger> held;

  @BeforeEach
  void start(@TempDir Path folder) {
    driver = new ScoringDriver(folder);
    rules = driver.rules();
    triggers = driver.output(driver.topics().triggers(), Trigger.class);
    held = driver.output(driver.topics().heldTriggers(), HeldTrigger.class);
    rules.segmentation(
        "frequency",
        new SegmentDefinition(
            "frequency",
            "customer",
            "",
            List.of(
                new Segment("frequent", "orders_30d >= 3", null),
                new Segment("returning", "orders_30d >= 2", null),
                new Segment("new", "true", null)),
            0L));
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void shouldSendATriggerOnEnteringASegment() {
    define(moving("welcome-back", null, "returning").setOffer(offer()));

    order("u-1", "e-1", START);
    assertThat(triggers.isEmpty()).isTrue();
    order("u-1", "e-2", START.plus(DAY));

    var sent = triggers.readKeyValue();
    assertThat(sent.key).isEqualTo("u-1");
    Trigger trigger = sent.value;
    assertThat(trigger.getTrigger()).isEqualTo("welcome-back");
    assertThat(trigger.getCanonicalId()).isEqualTo("u-1");
    assertThat(trigger.getPayload()).isEqualTo(offer());
    assertThat(trigger.getReason()).isEqualTo("frequency: left new, entered returning");
    assertThat(trigger.getHoldout()).isFalse();
    assertThat(trigger.getAsOf()).isEqualTo(START.plus(DAY));
    assertThat(trigger.getCause()).isEqualTo(Cause.EVENT);
    assertThat(trigger.getEventId()).isEqualTo("u-1e-2");
    assertThat(trigger.getTriggerId()).matches("[0-9a-f]{32}");
    assertThat(driver.counted("presage.triggers.sent", "trigger", "welcome-back")).isEqualTo(1);
    order("u-1", "e-3", START.plus(DAY));
    assertThat(triggers.isEmpty()).as("another segment").isTrue();
    assertThat(held.isEmpty()).isTrue();
  }

  @Test
  void shouldSendATriggerOnLeavingAndOnMovingBetweenSegments() {
    define(moving("leaving", "frequent", null));
    define(moving("slowing-down", "frequent", "new"));

    IntStream.range(0, 3).forEach(i -> order("u-1", "e-" + i, START));
    assertThat(triggers.isEmpty()).isTrue();
    order("u-1", "e-9", START.plus(DAY.multipliedBy(60)));

    assertThat(triggers.readValuesToList())
        .extracting(Trigger::getTrigger)
        .containsExactlyInAnyOrder("leaving", "slowing-down");
  }

  @Test
  void shouldSendATriggerWhenATraitCrossesAThresholdInItsDirection() {
    rules.trait(TRAIT, trait());
    define(crossing("likely", CrossingDirection.UP));
    define(crossing("unlikely", CrossingDirection.DOWN));
    // 0.27 with one order in 30 days, 0.73 with two or more.
    assertThat(
            rules
                .model(
                    TRAIT + "/v1",
                    TestModels.stump(
                        rules.current().schema(), TRAIT, "v1", "orders_30d", 1.5f, -1, 1))
                .reason())
        .isNull();

    order("u-1", "e-1", START);
    assertThat(triggers.isEmpty()).isTrue();
    order("u-1", "e-2", START.plus(DAY));
    assertThat(triggers.readValuesToList())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.getTrigger()).isEqualTo("likely");
              assertThat(it.getReason())
                  .startsWith(TRAIT + " went from 0.26")
                  .endsWith("across 0.5");
            });
    order("u-1", "e-3", START.plus(DAY.multipliedBy(60)));
    assertThat(triggers.readValuesToList())
        .extracting(Trigger::getTrigger)
        .containsExactly("unlikely");
  }

  @Test
  void shouldSendATriggerToItsAudienceAlone() {
    define(moving("spender", null, "new").setAudience("revenue_30d >= 50.0"));

    order("u-1", "e-1", START, 49);
    order("u-2", "e-1", START, 50);

    assertThat(triggers.readValuesToList())
        .extracting(Trigger::getCanonicalId)
        .containsExactly("u-2");
    assertThat(held.isEmpty()).as("who is not in the audience is not held back").isTrue();
  }

  @Test
  void shouldSendATriggerWhenASilenceHasLastedLongEnough() {
    define(
        TriggerDefinition.newBuilder()
            .setTrigger("silent")
            .setOn(
                new TriggerOccasion(
                    null, null, new SilenceReached(DAY.multipliedBy(7).toMillis()), null))
            .setAudience("orders_30d == 1.0"));

    order("u-1", "e-1", START);
    order("u-1", "e-2", START.plus(DAY.multipliedBy(20)));

    assertThat(triggers.readValuesToList())
        .as("once, at the rung of 7 days, and not again at that of 14")
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.getReason()).isEqualTo("silent for 7d");
              assertThat(it.getCause()).isEqualTo(Cause.SILENCE);
              assertThat(it.getAsOf()).isEqualTo(START.plus(DAY.multipliedBy(7)));
              assertThat(it.getEventId()).isNull();
            });
  }

  @Test
  void shouldSendATriggerOnSilenceWhereNothingElseIsDefined() {
    rules.segmentation("frequency", null);
    define(
        TriggerDefinition.newBuilder()
            .setTrigger("silent")
            .setOn(new TriggerOccasion(null, null, new SilenceReached(DAY.toMillis()), null))
            .setAudience("revenue_30d > 10.0"));

    order("u-1", "e-1", START);
    order("u-1", "e-2", START.plus(DAY.multipliedBy(2)));

    assertThat(triggers.readValue().getAsOf()).isEqualTo(START.plus(DAY));
  }

  @Test
  void shouldHoldBackWithinTheCoolDown() {
    TriggerDefinition trigger =
        capped("cool", new TriggerCaps(DAY.toMillis(), null, null, null)).build();

    candidate(trigger, "u-1", 10);
    candidate(trigger, "u-1", 33);
    candidate(trigger, "u-2", 33);
    candidate(trigger, "u-1", 34);

    assertThat(triggers.readValuesToList())
        .extracting(Trigger::getCanonicalId, Trigger::getAsOf)
        .containsExactly(tuple("u-1", hour(10)), tuple("u-2", hour(33)), tuple("u-1", hour(34)));
    var back = held.readKeyValue();
    assertThat(back.key).isEqualTo("u-1");
    assertThat(back.value.getTrigger()).isEqualTo("cool");
    assertThat(back.value.getHeldBy()).isEqualTo(HeldBy.COOL_DOWN);
    assertThat(back.value.getDetail()).isEqualTo("Two of one profile are 1d apart at least");
    assertThat(back.value.getAsOf()).isEqualTo(hour(33));
    assertThat(heldCount("cool", HeldBy.COOL_DOWN)).isEqualTo(1);
  }

  @Test
  void shouldHoldBackWhatAProfileWouldGetTooOften() {
    TriggerDefinition trigger =
        capped("often", new TriggerCaps(0L, new WindowCap(2L, DAY.toMillis()), null, null)).build();

    for (int hour : List.of(0, 10, 23, 24)) {
      candidate(trigger, "u-1", hour);
    }

    assertThat(triggers.readValuesToList())
        .extracting(Trigger::getAsOf)
        .containsExactly(hour(0), hour(10), hour(24));
    assertThat(held.readValuesToList())
        .extracting(HeldTrigger::getHeldBy, HeldTrigger::getAsOf)
        .containsExactly(tuple(HeldBy.PER_PROFILE, hour(23)));
  }

  @Test
  void shouldHoldBackWhatTooManyProfilesWouldGet() {
    TriggerDefinition trigger =
        capped("scarce", new TriggerCaps(0L, null, new WindowCap(2L, DAY.toMillis()), null))
            .build();

    candidate(trigger, "u-1", 0);
    candidate(trigger, "u-2", 10);
    candidate(trigger, "u-3", 23);
    candidate(trigger, "u-1", 23);
    candidate(trigger, "u-4", 34);
    candidate(trigger, "u-5", 30);

    assertThat(triggers.readValuesToList())
        .as("u-1 has its place still; u-2's is free at 34")
        .extracting(Trigger::getCanonicalId)
        .containsExactly("u-1", "u-2", "u-1", "u-4");
    assertThat(held.readValuesToList())
        .extracting(HeldTrigger::getCanonicalId, HeldTrigger::getHeldBy)
        .containsExactly(tuple("u-3", HeldBy.TOTAL), tuple("u-5", HeldBy.TOTAL));
    assertThat(heldCount("scarce", HeldBy.TOTAL)).isEqualTo(2);
  }

  @Test
  void shouldHoldBackWhatComesTooLate() {
    TriggerDefinition trigger = capped("late", caps()).setLatenessMillis(DAY.toMillis()).build();

    candidate(trigger, "u-1", 50);
    candidate(trigger, "u-1", 26);
    candidate(trigger, "u-1", 25);
    candidate(trigger, "u-2", 0);

    assertThat(triggers.readValuesToList()).as("u-2 has a time of its own").hasSize(3);
    assertThat(held.readValuesToList())
        .extracting(HeldTrigger::getHeldBy, HeldTrigger::getAsOf)
        .containsExactly(tuple(HeldBy.LATE, hour(25)));
  }

  @Test
  void shouldRecordTheHoldoutWithoutUsingUpTheTotalCap() {
    TriggerDefinition trigger =
        capped(
                "half",
                new TriggerCaps(DAY.toMillis(), null, new WindowCap(100L, DAY.toMillis()), null))
            .setHoldoutShare(0.5)
            .build();

    for (int i = 0; i < 400; i++) {
      candidate(trigger, "u-" + i, 0);
    }
    candidate(trigger, "u-0", 1);

    List<Trigger> all = triggers.readValuesToList();
    long holdout = all.stream().filter(Trigger::getHoldout).count();
    assertThat(all).filteredOn(it -> !it.getHoldout()).hasSize(100);
    assertThat(holdout).as("as many as came before the cap was reached").isBetween(60L, 160L);
    assertThat(driver.counted("presage.triggers.holdout", "trigger", "half"))
        .isEqualTo((double) holdout);
    assertThat(driver.counted("presage.triggers.sent", "trigger", "half")).isEqualTo(100);
    assertThat(held.readValuesToList())
        .hasSize((int) (401 - 100 - holdout))
        .last()
        .satisfies(it -> assertThat(it.getHeldBy()).isEqualTo(HeldBy.COOL_DOWN));
  }

  @Test
  void shouldRefuseAnOfferAboveTheLargestDiscount() {
    rules.trigger(
        "generous",
        capped("generous", new TriggerCaps(0L, null, null, new LargestDiscount("percent", 5.0)))
            .setOffer(offer())
            .build());

    assertThat(rules.current().triggers().names()).isEmpty();
    assertThat(rules.current().problems())
        .containsExactly(
            "Trigger generous: offer.percent is 10, more than the largest discount of 5.0; lower"
                + " the offer or raise the cap");
  }

  @Test
  void shouldTakeUpDefinitionsAndForgetThemWithoutARestart() {
    order("u-1", "e-1", START);
    define(moving("welcome-back", null, "returning"));
    order("u-1", "e-2", START);
    order("u-2", "e-1", START);
    rules.trigger("welcome-back", null);
    order("u-2", "e-2", START);

    assertThat(triggers.readValuesToList())
        .extracting(Trigger::getCanonicalId)
        .containsExactly("u-1");
  }

  @Test
  void shouldLeaveOutATriggerOfASegmentationThatIsLeftOut() {
    define(moving("welcome-back", null, "returning"));
    rules.segmentation("frequency", null);

    assertThat(rules.current().triggers().names()).isEmpty();
    assertThat(rules.current().problems())
        .containsExactly(
            "Trigger welcome-back: on.segment: there is no segmentation frequency; there is none");
  }

  @Test
  void shouldGiveTheSameIdsInAReplay(@TempDir Path second) {
    define(moving("welcome-back", null, "returning"));
    order("u-1", "e-1", START);
    order("u-1", "e-2", START.plus(DAY));
    String first = triggers.readValue().getTriggerId();
    driver.close();

    start(second);
    define(moving("welcome-back", null, "returning"));
    order("u-1", "e-1", START);
    order("u-1", "e-2", START.plus(DAY));

    assertThat(triggers.readValue().getTriggerId()).isEqualTo(first);
  }

  @Test
  void shouldForgetWhatAnErasedProfileWasSent() {
    TriggerDefinition trigger =
        capped("scarce", new TriggerCaps(0L, null, new WindowCap(1L, DAY.toMillis()), null))
            .build();
    candidate(trigger, "u-1", 0);
    candidate(trigger, "u-2", 1);

    leave("u-1", null);
    candidate(trigger, "u-3", 2);

    assertThat(triggers.readValuesToList())
        .extracting(Trigger::getCanonicalId)
        .containsExactly("u-1", "u-3");
  }

  @Test
  void shouldCountWhatAnAbsorbedProfileWasSentForTheOneThatAbsorbedIt() {
    TriggerDefinition trigger =
        capped("once", new TriggerCaps(DAY.toMillis(), null, null, null)).build();
    candidate(trigger, "anonymous", 0);

    leave("anonymous", "u-1");
    candidate(trigger, "u-1", 1);

    assertThat(held.readValue().getHeldBy()).isEqualTo(HeldBy.COOL_DOWN);
  }

  @Test
  void shouldNotSendAgainToWhoGotItUnderAnotherId() {
    define(
        moving("welcome", null, "new").setCaps(new TriggerCaps(DAY.toMillis(), null, null, null)));
    driver.send(
        new Event("e-1", "order_completed", START, null, "device", Map.of("revenue", 12.5)));
    order("u-2", "e-1", START);

    driver.link("device", "u-1", START.plusSeconds(60));

    assertThat(triggers.readValuesToList())
        .extracting(Trigger::getCanonicalId)
        .containsExactly("device", "u-2");
    assertThat(held.readValue())
        .satisfies(
            it -> {
              assertThat(it.getCanonicalId()).isEqualTo("u-1");
              assertThat(it.getHeldBy()).isEqualTo(HeldBy.COOL_DOWN);
              assertThat(it.getCause()).isEqualTo(Cause.MERGE);
            });
  }

  @Test
  void shouldForgetWhatWasSentWhenAProfileIsErased() {
    define(
        moving("welcome", null, "new")
            .setCaps(new TriggerCaps(0L, null, new WindowCap(1L, DAY.toMillis()), null)));
    order("u-1", "e-1", START);
    order("u-2", "e-1", START);

    driver.command(PrivacyAction.ERASE, "u-1", "r-1", START);
    order("u-3", "e-1", START);

    assertThat(triggers.readValuesToList())
        .extracting(Trigger::getCanonicalId)
        .containsExactly("u-1", "u-3");
  }

  @Test
  void shouldSendACandidateThatCannotBeReadToTheDeadLetters() {
    TestOutputTopic<byte[], byte[]> deadLetters = driver.output(driver.topics().deadLetters());

    driver.input(driver.topics().triggerCandidates(), "scarce", new byte[] {9});

    assertThat(deadLetters.readValue()).containsExactly(9);
    assertThat(driver.counted("presage.dead.letters", "code", "UNREADABLE")).isEqualTo(1);
  }

  private void define(TriggerDefinition.Builder definition) {
    TriggerDefinition built = definition.build();
    rules.trigger(built.getTrigger(), built);
    assertThat(rules.current().problems()).isEmpty();
  }

  private static TriggerDefinition.Builder moving(
      String name, @Nullable String from, @Nullable String to) {
    return TriggerDefinition.newBuilder()
        .setTrigger(name)
        .setOn(new TriggerOccasion(new SegmentMove("frequency", from, to), null, null, null));
  }

  private static TriggerDefinition.Builder crossing(String name, CrossingDirection direction) {
    return TriggerDefinition.newBuilder()
        .setTrigger(name)
        .setOn(new TriggerOccasion(null, new TraitCrossing(TRAIT, 0.5, direction), null, null));
  }

  private static TriggerDefinition.Builder capped(String name, TriggerCaps caps) {
    return moving(name, null, null).setCaps(caps);
  }

  private static TriggerCaps caps() {
    return new TriggerCaps(0L, null, null, null);
  }

  private static Map<String, Object> offer() {
    return Map.of("percent", 10L, "code", "BACK", "freeShipping", true, "credit", 2.5);
  }

  private static TraitDefinition trait() {
    return TraitDefinition.newBuilder()
        .setTrait(TRAIT)
        .setTarget(new Target("order_completed", "true"))
        .setHorizonMillis(DAY.toMillis())
        .build();
  }

  private double heldCount(String trigger, HeldBy cap) {
    return driver.counted("presage.triggers.held", "trigger", trigger, "cap", cap.name());
  }

  private static Instant hour(int hour) {
    return START.plus(Duration.ofHours(hour));
  }

  private void candidate(TriggerDefinition definition, String profile, int hour) {
    candidate(
        TriggerCandidate.newBuilder()
            .setCanonicalId(profile)
            .setDefinition(definition)
            .setAsOf(hour(hour))
            .build());
  }

  private void leave(String profile, @Nullable String absorbedBy) {
    candidate(Triggers.gone(profile, absorbedBy));
  }

  private void candidate(TriggerCandidate candidate) {
    driver.input(
        driver.topics().triggerCandidates(),
        TriggerCandidate.class,
        Triggers.key(candidate),
        candidate);
  }

  private void order(String userId, String eventId, Instant time) {
    order(userId, eventId, time, 12.5);
  }

  private void order(String userId, String eventId, Instant time, double revenue) {
    driver.send(
        new Event(
            userId + eventId, "order_completed", time, userId, null, Map.of("revenue", revenue)));
  }
}
