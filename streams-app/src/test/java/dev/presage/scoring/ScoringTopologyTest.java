package dev.presage.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.presage.features.FeatureSchema;
import dev.presage.model.CanaryGroup;
import dev.presage.schemas.avro.Attribute;
import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelOutcome;
import dev.presage.schemas.avro.ModelStage;
import dev.presage.schemas.avro.PastEvent;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.schemas.avro.Segment;
import dev.presage.schemas.avro.SegmentChange;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TrainingExample;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.scoring.deadletter.DeadLetter;
import dev.presage.scoring.entity.EntityType;
import dev.presage.scoring.profile.Profile;
import dev.presage.scoring.rules.ActiveTrait;
import dev.presage.scoring.rules.RuleBook;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Points 3, 4, 6 and 8 of the semantics: order, duplicates, scoring and emission. */
@SuppressWarnings("NullAway.Init") // JUnit calls start() first.
class ScoringTopologyTest {
  private static final String TRAIT = "likelihood-to-repurchase-30d";
  private static final Instant START = Instant.parse("2011-09-01T10:00:00Z");

  private ScoringDriver driver;
  private RuleBook rules;
  private FeatureSchema schema;
  private TestOutputTopic<String, TraitUpdate> traitUpdates;
  private TestOutputTopic<String, TraitUpdate> traitValues;
  private TestOutputTopic<String, SegmentChange> segmentChanges;
  private TestOutputTopic<String, TrainingExample> examples;
  private TestOutputTopic<byte[], byte[]> deadLetters;

  @BeforeEach
  void start(@TempDir Path folder) {
    driver = new ScoringDriver(folder);
    rules = driver.rules();
    schema = driver.schema(EntityType.CUSTOMER);
    traitUpdates = driver.output(driver.topics().traitUpdates(), TraitUpdate.class);
    traitValues = driver.output(driver.topics().traitValues(), TraitUpdate.class);
    segmentChanges = driver.output(driver.topics().segmentChanges(), SegmentChange.class);
    examples = driver.output(driver.topics().trainingExamples(), TrainingExample.class);
    deadLetters = driver.output(driver.topics().deadLetters());
    rules.trait(TRAIT, trait("orders_lifetime >= 1", 0.01, 1));
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void shouldKeepEventsAndSendNothingWhileThereIsNoModel() {
    order("e-1", START);

    assertThat(traitUpdates.isEmpty()).isTrue();
    assertThat(stored("u-1")).isNotNull();
    assertThat(driver.output(driver.topics().profileLog(), ProfileLogRecord.class).readKeyValue())
        .satisfies(
            it -> {
              assertThat(it.key).isEqualTo("u-1");
              assertThat(it.value.getEvent().getEventId()).isEqualTo("e-1");
            });
  }

  @Test
  void shouldScoreWithHistoryThatIsOlderThanTheModel() {
    order("e-1", START);
    swap("v1", 1.5f, -1, 1);

    order("e-2", START.plus(Duration.ofDays(1)));

    TraitUpdate update = traitUpdates.readValue();
    assertThat(update.getTrait()).isEqualTo(TRAIT);
    assertThat(update.getCanonicalId()).isEqualTo("u-1");
    assertThat(update.getValue()).isCloseTo(0.7310586, within(1e-6));
    assertThat(update.getPreviousValue()).isNull();
    assertThat(update.getRevision()).isEqualTo(1);
    assertThat(update.getCause()).isEqualTo(Cause.EVENT);
    assertThat(update.getModelVersion()).isEqualTo("v1");
    assertThat(update.getAsOf()).isEqualTo(START.plus(Duration.ofDays(1)));
    assertThat(update.getEventId()).isEqualTo("e-2");
    assertThat(update.getUsageNote()).isEqualTo("a prediction");
    assertThat(traitUpdates.isEmpty()).isTrue();
  }

  @Test
  void shouldNameTheFeaturesThatContributedMostWhereTheDefinitionAsksForThem() {
    rules.trait(TRAIT, withReasons(2));
    swap("v1", 1.5f, -1, 1);

    order("e-1", START);

    assertThat(traitUpdates.readValue().getReasons())
        .singleElement()
        .satisfies(
            reason -> {
              assertThat(reason.getFeature()).isEqualTo("orders_lifetime");
              assertThat(reason.getValue()).isEqualTo(1);
              assertThat(reason.getContribution())
                  .as("one split by half and half: the profile goes left, to -1 instead of 0")
                  .isCloseTo(-1, within(1e-9));
            });

    rules.trait(TRAIT, withReasons(0));
    order("e-2", START.plusSeconds(1));
    assertThat(traitUpdates.readValue().getReasons()).isEmpty();
  }

  @Test
  void shouldLeaveOutADefinitionThatAsksForTooManyReasons() {
    rules.trait(TRAIT, withReasons(101));

    assertThat(rules.current().problems())
        .containsExactly("Trait " + TRAIT + ": reasons is 101; expected 0 to 100");
  }

  private static TraitDefinition withReasons(int reasons) {
    return TraitDefinition.newBuilder(trait("true", 0.01, 1)).setReasons(reasons).build();
  }

  @Test
  void shouldSendTheSameUpdateToTheCompactedTopicUnderProfileAndTrait() {
    swap("v1", 1.5f, -1, 1);
    order("e-1", START);

    KeyValue<String, TraitUpdate> value = traitValues.readKeyValue();

    assertThat(value.key).isEqualTo("u-1/" + TRAIT);
    assertThat(value.value).isEqualTo(traitUpdates.readValue());
  }

  @Test
  void shouldSendAnUpdateOnlyWhenTheValueMovedByMoreThanTheTolerance() {
    swap("v1", 2.5f, -1, 1);
    order("e-1", START);
    order("e-2", START.plusSeconds(1));
    assertThat(traitUpdates.readValuesToList()).hasSize(1);

    order("e-3", START.plusSeconds(2));

    TraitUpdate moved = traitUpdates.readValue();
    assertThat(moved.getRevision()).isEqualTo(2);
    assertThat(moved.getPreviousValue()).isCloseTo(0.2689414, within(1e-6));
    assertThat(examples.readValuesToList())
        .as("every score is an example, whether or not an update went out")
        .hasSize(3);
  }

  @Test
  void shouldSendAnUpdateWhenTheModelChanged() {
    swap("v1", 9, 1, 1);
    order("e-1", START);
    swap("v2", 9, 1, 1);
    order("e-2", START.plusSeconds(1));

    assertThat(traitUpdates.readValuesToList())
        .extracting(TraitUpdate::getModelVersion, TraitUpdate::getRevision)
        .containsExactly(tuple("v1", 1L), tuple("v2", 2L));
  }

  @Test
  void shouldGoOnWithTheOldModelWhenTheNewOneIsRefused() {
    swap("v1", 9, 1, 1);
    ModelArtefact broken = TestModels.stump(schema, TRAIT, "v2", "orders_lifetime", 9, 1, 1);
    broken = ModelArtefact.newBuilder(broken).setChecksum("0".repeat(64)).build();

    assertThat(rules.model(TRAIT + "/v2", broken).outcome()).isEqualTo(ModelOutcome.REJECTED);

    order("e-1", START);
    assertThat(traitUpdates.readValue().getModelVersion()).isEqualTo("v1");
  }

  @Test
  void shouldScoreAShadowBesideTheLiveModelAndSendNothingOfIt() {
    swap("v1", 9, -1, -1);
    publish("v2", ModelStage.SHADOW, 1, 0);
    order("e-1", START);
    order("e-2", START.plusSeconds(1));

    assertThat(traitUpdates.readValuesToList())
        .extracting(TraitUpdate::getModelVersion)
        .containsExactly("v1");
    assertThat(examples.readValuesToList())
        .extracting(TrainingExample::getModelVersion)
        .containsOnly("v1");
    assertThat(
            driver
                .meters()
                .counter("presage.challenger.scores", "trait", TRAIT, "version", "v2")
                .count())
        .isEqualTo(2);
    assertThat(difference("v2").count()).isEqualTo(2);
    assertThat(difference("v2").mean())
        .as("sigmoid of 0 less sigmoid of -1")
        .isCloseTo(0.2310586, within(1e-6));
    assertThat(driver.meters().counter("presage.scores", "trait", TRAIT).count()).isEqualTo(2);
  }

  @Test
  void shouldScoreAShadowWhereThereIsNoLiveModel() {
    publish("v1", ModelStage.SHADOW, 1, 0);
    order("e-1", START);

    assertThat(traitUpdates.isEmpty()).isTrue();
    assertThat(
            driver
                .meters()
                .counter("presage.challenger.scores", "trait", TRAIT, "version", "v1")
                .count())
        .isEqualTo(1);
    assertThat(driver.meters().find("presage.challenger.difference").summary())
        .satisfies(it -> assertThat(it.count()).isZero());
  }

  @Test
  void shouldSendTheCanarysValueForItsGroupAndTheLiveModelsForOthers() {
    swap("v1", 9, -1, -1);
    publish("v2", ModelStage.CANARY, 0.3, 0);
    CanaryGroup group = CanaryGroup.of(TRAIT, 0.3);
    for (int i = 0; i < 300; i++) {
      order("e-" + i, "c-" + i, START);
    }

    List<TraitUpdate> updates = traitUpdates.readValuesToList();
    assertThat(updates)
        .hasSize(300)
        .allSatisfy(
            it -> {
              boolean canary = group.includes(it.getCanonicalId());
              assertThat(it.getModelVersion()).isEqualTo(canary ? "v2" : "v1");
              assertThat(it.getValue()).isCloseTo(canary ? 0.5 : 0.2689414, within(1e-6));
            });
    long served = updates.stream().filter(it -> it.getModelVersion().equals("v2")).count();
    assertThat(served).isBetween(60L, 120L);
    assertThat(difference("v2").count()).as("compared on the canary's vectors").isEqualTo(served);
    assertThat(difference("v2").mean()).isCloseTo(0.2310586, within(1e-6));
  }

  @Test
  void shouldGiveTheCanarysGroupBackToTheLiveModelWhenItIsRetired() {
    swap("v1", 9, -1, -1);
    publish("v2", ModelStage.CANARY, 1, 0);
    order("e-1", START);
    publish("v2", ModelStage.RETIRED, 1, 0);
    order("e-2", START.plusSeconds(1));

    assertThat(traitUpdates.readValuesToList())
        .extracting(TraitUpdate::getModelVersion)
        .containsExactly("v2", "v1");
  }

  @Test
  void shouldGoBackToTheVersionBeforeByOneRecord() {
    swap("v1", 9, -1, -1);
    swap("v2", 9, 0, 0);
    order("e-1", START);
    publish("v2", ModelStage.RETIRED, 0, 0);
    order("e-2", START.plusSeconds(1));
    swap("v2", 9, 0, 0);
    order("e-3", START.plusSeconds(2));
    swap("v1", 9, -1, -1);
    order("e-4", START.plusSeconds(3));

    assertThat(traitUpdates.readValuesToList())
        .extracting(TraitUpdate::getModelVersion)
        .containsExactly("v2", "v1", "v2", "v1");
  }

  @Test
  void shouldNotScoreAProfileThatIsNotEligible() {
    rules.trait(TRAIT, trait("orders_lifetime >= 2", 0.01, 1));
    swap("v1", 9, 1, 1);

    order("e-1", START);
    assertThat(traitUpdates.isEmpty()).isTrue();

    order("e-2", START.plusSeconds(1));
    assertThat(traitUpdates.readValuesToList()).hasSize(1);
  }

  @Test
  void shouldScoreOnlyProfilesOfTheCategoryThatHaveDoneWhatTheyMustAndNotWhatTheyMustNot() {
    long days = Duration.ofDays(30).toMillis();
    rules.trait(
        TRAIT,
        TraitDefinition.newBuilder(trait("true", 0, 1))
            .setCategory("revenue_30d > 20")
            .setDone(List.of(new PastEvent("order_completed", "true", null, 2)))
            .setNotDone(List.of(new PastEvent("order_completed", "true", days, 4)))
            .build());
    rules.model(TRAIT + "/v1", TestModels.stump(schema, TRAIT, "v1", "orders_30d", 2.5f, 0, 1));

    order("e-1", START);
    assertThat(traitUpdates.isEmpty()).as("one order").isTrue();
    order("e-2", START.plusSeconds(1));
    order("e-3", START.plusSeconds(2));
    assertThat(traitUpdates.readValuesToList()).hasSize(2);
    order("e-4", START.plusSeconds(3));
    assertThat(traitUpdates.isEmpty()).as("four orders").isTrue();
    order("e-5", START.plus(Duration.ofDays(60)));
    assertThat(traitUpdates.isEmpty()).as("no revenue to speak of").isTrue();
    assertThat(rules.current().problems()).isEmpty();
  }

  @Test
  void shouldScoreByAnAttributeThoseWhoseWordCannotBeTrusted() {
    rules.trait(
        TRAIT,
        TraitDefinition.newBuilder(trait("true", 0, 1))
            .setTarget(new Target("profile_updated", "properties.usage == \"work\""))
            .setAttribute(new Attribute("usage", "orders_30d == 1"))
            .setHorizonMillis(0)
            .build());
    rules.model(TRAIT + "/v1", TestModels.stump(schema, TRAIT, "v1", "orders_30d", 2.5f, 0, 1));

    order("e-1", START);
    assertThat(traitUpdates.isEmpty()).as("can be trusted").isTrue();
    order("e-2", START.plusSeconds(1));
    order("e-3", START.plusSeconds(2));
    assertThat(traitUpdates.readValuesToList()).hasSize(2);
    assertThat(rules.current().problems()).isEmpty();
  }

  @Test
  void shouldRefuseATraitWhoseEligibilityNoFeatureTells() {
    rules.trait(
        TRAIT,
        TraitDefinition.newBuilder(trait("true", 0, 1))
            .setDone(List.of(new PastEvent("visited", "true", null, 1)))
            .build());

    assertThat(rules.current().problems())
        .singleElement()
        .satisfies(
            it -> assertThat(it).contains("no declared feature tells whether visited happened"));
  }

  @Test
  void shouldNotScoreByATraitThatRests() {
    swap("v1", 9, 1, 1);
    rules.trait(TRAIT, TraitDefinition.newBuilder(trait("true", 0, 1)).setPaused(true).build());
    order("e-1", START);
    assertThat(traitUpdates.isEmpty()).isTrue();

    rules.trait(TRAIT, trait("true", 0, 1));
    order("e-2", START.plusSeconds(1));
    assertThat(traitUpdates.readValuesToList()).hasSize(1);
  }

  @Test
  void shouldScoreEveryTraitThatTheProfileIsEligibleForOnOneVector() {
    String other = "other";
    String later = "later";
    swap("v1", 9, 1, 1);
    for (String name : List.of(other, later)) {
      String eligibility = name.equals(later) ? "orders_lifetime >= 2" : "true";
      rules.trait(
          name, TraitDefinition.newBuilder(trait(eligibility, 0, 1)).setTrait(name).build());
      rules.model(name + "/v7", TestModels.stump(schema, name, "v7", "orders_lifetime", 9, -1, 1));
    }

    order("e-1", START);
    List<TrainingExample> first = examples.readValuesToList();
    order("e-2", START.plusSeconds(1));
    List<TrainingExample> second = examples.readValuesToList();

    assertThat(first)
        .extracting(TrainingExample::getTrait, TrainingExample::getModelVersion)
        .containsExactlyInAnyOrder(tuple(TRAIT, "v1"), tuple(other, "v7"));
    assertThat(second)
        .extracting(TrainingExample::getTrait, TrainingExample::getModelVersion)
        .containsExactlyInAnyOrder(tuple(TRAIT, "v1"), tuple(other, "v7"), tuple(later, "v7"));
    assertThat(second)
        .extracting(TrainingExample::getFeatures)
        .containsOnly(List.of(2.0, 2.0, 25.0));
    assertThat(traitUpdates.readValuesToList())
        .extracting(TraitUpdate::getTrait, TraitUpdate::getModelVersion, TraitUpdate::getRevision)
        .containsExactlyInAnyOrder(
            tuple(TRAIT, "v1", 1L), tuple(other, "v7", 1L), tuple(later, "v7", 1L));
  }

  @Test
  void shouldServeTheVectorThatItScored() {
    swap("v1", 9, 1, 1);
    order("e-1", START);

    TrainingExample example = examples.readValue();

    assertThat(example.getFingerprint()).isEqualTo(schema.fingerprint());
    assertThat(example.getFeatures()).containsExactly(1.0, 1.0, 12.5);
    assertThat(schema.names()).containsExactly("orders_30d", "orders_lifetime", "revenue_30d");
    assertThat(example.getScore()).isEqualTo(traitUpdates.readValue().getValue());
    assertThat(example.getLabel()).isNull();
  }

  @Test
  void shouldKeepAStableShareOfExamples() {
    rules.trait(TRAIT, trait("true", 1, 0.5));
    swap("v1", 9, 1, 1);
    for (int i = 0; i < 1000; i++) {
      order("e-" + i, START.plusSeconds(i));
    }

    assertThat(examples.readValuesToList().size()).isBetween(400, 600);
  }

  @Test
  void shouldChangeNothingOnADuplicate() {
    swap("v1", 9, 1, 1);
    order("e-1", START);
    order("e-1", START);

    assertThat(examples.readValuesToList()).hasSize(1);
    assertThat(driver.meters().counter("presage.events.duplicate").count()).isEqualTo(1);
  }

  @Test
  void shouldScoreAgainAsOfTheNewestTimeWhenAnEventIsLate() {
    swap("v1", 1.5f, -1, 1);
    order("e-1", START);
    order("e-0", START.minus(Duration.ofDays(2)));

    TraitUpdate corrected = traitUpdates.readValuesToList().getLast();

    assertThat(corrected.getCause()).isEqualTo(Cause.CORRECTION);
    assertThat(corrected.getAsOf()).isEqualTo(START);
    assertThat(corrected.getRevision()).isEqualTo(2);
  }

  @Test
  void shouldMoveProfilesBetweenSegmentsWithHysteresis() {
    // 0.27 with one order in 30 days, 0.5 with two to four, 0.73 with five or more.
    rules.segmentation(
        "repurchase",
        segmentation(
            segment("likely", "> 0.6", ">= 0.4"),
            segment("unlikely", "< 0.3", null),
            new Segment("undecided", "true", null)));
    rules.model(TRAIT + "/v1", TestModels.stump(schema, TRAIT, "v1", "orders_30d", 1.5f, -1, 0));
    order("e-1", START);
    order("e-2", START.plusSeconds(1));
    rules.model(TRAIT + "/v2", TestModels.stump(schema, TRAIT, "v2", "orders_30d", 4.5f, 0, 1));
    for (int i = 3; i <= 5; i++) {
      order("e-" + i, START.plusSeconds(i));
    }
    order("e-6", START.plus(Duration.ofDays(60)));

    List<SegmentChange> changes = segmentChanges.readValuesToList();
    assertThat(changes)
        .as("the fall to 0.5 at the end does not leave 'likely'")
        .extracting(SegmentChange::getFrom, SegmentChange::getTo)
        .containsExactly(
            tuple(null, "unlikely"), tuple("unlikely", "undecided"), tuple("undecided", "likely"));
    SegmentChange last = changes.getLast();
    assertThat(last.getRule()).isEqualTo("traits['" + TRAIT + "'] > 0.6");
    assertThat(last.getValues())
        .containsOnlyKeys("traits." + TRAIT)
        .hasEntrySatisfying("traits." + TRAIT, it -> assertThat(it).isCloseTo(0.731, within(1e-3)));
    assertThat(last.getEventId()).isEqualTo("e-5");
  }

  @Test
  void shouldLeaveOutASegmentationThatIsWrongAndNameEveryProblem() {
    rules.segmentation(
        "repurchase",
        segmentation(segment("likely", "> > 1", null), new Segment("rest", "order_30d > 1", null)));

    assertThat(rules.current().segmentations()).isEmpty();
    assertThat(rules.current().problems())
        .hasSize(2)
        .anySatisfy(it -> assertThat(it).contains("segment likely"))
        .anySatisfy(it -> assertThat(it).contains("segment rest").contains("orders_30d"));
  }

  @Test
  void shouldLeaveOutATraitThatIsWrongAndNameEveryProblem() {
    rules.trait(
        "odd",
        TraitDefinition.newBuilder(trait("orders_lifetime >=", -1, 2)).setTrait("odd").build());

    assertThat(rules.current().traits()).extracting(ActiveTrait::name).containsExactly(TRAIT);
    assertThat(rules.current().problems())
        .hasSize(3)
        .anySatisfy(it -> assertThat(it).contains("eligibility"))
        .anySatisfy(it -> assertThat(it).contains("tolerance is -1.0"))
        .anySatisfy(it -> assertThat(it).contains("exampleShare is 2.0"));
  }

  @Test
  void shouldLeaveOutDefinitionsUnderAnothersKeyAndGoOn() {
    rules.trait("other", trait("true", 0, 1));
    rules.segmentation("odd", segmentation(new Segment("all", "true", null)));
    rules.segmentation("ghost", null);
    swap("v1", 9, 1, 1);
    order("e-1", START);

    assertThat(rules.current().problems())
        .hasSize(2)
        .anySatisfy(it -> assertThat(it).contains("Trait other").contains(TRAIT))
        .anySatisfy(it -> assertThat(it).contains("Segmentation odd").contains("repurchase"));
    assertThat(traitUpdates.readValuesToList()).hasSize(1);
  }

  @Test
  void shouldLeaveOutASegmentationOverATraitThatIsLeftOut() {
    rules.trait(TRAIT, null);
    rules.trait(TRAIT, trait("orders_lifetime >=", 0, 1));
    rules.segmentation(
        "repurchase",
        segmentation(segment("likely", "> 0.6", null), new Segment("rest", "true", null)));

    assertThat(rules.current().segmentations()).isEmpty();
    assertThat(rules.current().problems())
        .anySatisfy(it -> assertThat(it).contains("segment likely").contains(TRAIT));
  }

  @Test
  void shouldForgetADefinitionThatIsDeleted() {
    swap("v1", 9, 1, 1);
    rules.trait(TRAIT, null);
    order("e-1", START);

    assertThat(traitUpdates.isEmpty()).isTrue();
  }

  @Test
  void shouldSendWhatCannotBeReadToTheDeadLettersAsItCame() {
    byte[] value = {9, 8, 7};
    TestRecord<String, byte[]> record = new TestRecord<>("key", value, driver.now());
    record.headers().add("trace", new byte[] {1});
    driver.input(driver.topics().events(), record);

    TestRecord<byte[], byte[]> dead = deadLetters.readRecord();

    assertThat(dead.key()).isEqualTo("key".getBytes(StandardCharsets.UTF_8));
    assertThat(dead.value()).isEqualTo(value);
    assertThat(header(dead, DeadLetter.CODE)).isEqualTo("UNREADABLE");
    assertThat(header(dead, DeadLetter.REASON)).contains("3 bytes");
    assertThat(header(dead, DeadLetter.TOPIC)).isEqualTo("events");
    assertThat(header(dead, DeadLetter.PARTITION)).isEqualTo("0");
    assertThat(header(dead, DeadLetter.OFFSET)).isEqualTo("0");
    assertThat(dead.headers().lastHeader("trace")).isNotNull();
    assertThat(driver.meters().counter("presage.dead.letters", "code", "UNREADABLE").count())
        .isEqualTo(1);
  }

  @Test
  void shouldGoOnAfterEverySortOfBadRecord() {
    send(new Event("e-1", "order_completed", START, null, null, Map.of()));
    send(new Event("e-2", "order_completed", null, "u-1", null, Map.of()));
    send(new Event("e-3", "order_completed", driver.now().plusSeconds(301), "u-1", null, Map.of()));
    send(new Event("e-4", "order_completed", START, "u-1", null, Map.of("revenue", "a lot")));
    order("e-5", START);
    order("e-6", START.minus(Duration.ofDays(401)));
    swap("v1", 9, 1, 1);
    order("e-7", START.plusSeconds(1));

    assertThat(deadLetters.readRecordsToList())
        .extracting(it -> header(it, DeadLetter.CODE))
        .containsExactly("NO_ID", "NO_TIME", "IN_THE_FUTURE", "INVALID_PROPERTY", "TOO_LATE");
    assertThat(examples.readValue().getFeatures()).containsExactly(2.0, 2.0, 25.0);
  }

  @Test
  void shouldAnswerQueriesFromWhatWasCommitted() {
    rules.segmentation(
        "repurchase",
        segmentation(segment("likely", "> 0.6", null), new Segment("rest", "true", null)));
    swap("v1", 1.5f, -1, 1);
    order("e-1", START);
    order("e-2", START.plusSeconds(1));

    Profile profile = Objects.requireNonNull(stored("u-1"));

    assertThat(profile.features().newestEventMillis())
        .isEqualTo(START.plusSeconds(1).toEpochMilli());
    assertThat(profile.traits())
        .singleElement()
        .satisfies(it -> assertThat(it.revision()).isEqualTo(2));
    assertThat(profile.segments()).hasSize(1);
    assertThat(stored("u-2")).isNull();
    assertThat(
            driver
                .meters()
                .get("presage.profile.cache.lookups")
                .tag("outcome", "hit")
                .functionCounter())
        .satisfies(it -> assertThat(it.count()).isEqualTo(1));
    assertThat(driver.meters().get("presage.profile.writes").functionCounters())
        .satisfies(
            all -> assertThat(all.stream().mapToDouble(FunctionCounter::count).sum()).isEqualTo(2));
  }

  private @Nullable Profile stored(String id) {
    return driver.profile(EntityType.CUSTOMER, id);
  }

  private void swap(String version, float threshold, float low, float high) {
    ModelArtefact artefact =
        TestModels.stump(schema, TRAIT, version, "orders_lifetime", threshold, low, high);
    assertThat(rules.model(TRAIT + "/" + version, artefact).reason()).isNull();
  }

  private void publish(String version, ModelStage stage, double canaryShare, float margin) {
    ModelArtefact artefact =
        ModelArtefact.newBuilder(
                TestModels.stump(schema, TRAIT, version, "orders_lifetime", 9, margin, margin))
            .setStage(stage)
            .setCanaryShare(canaryShare)
            .build();
    assertThat(rules.model(TRAIT + "/" + version, artefact).reason()).isNull();
  }

  private DistributionSummary difference(String version) {
    return driver
        .meters()
        .summary("presage.challenger.difference", "trait", TRAIT, "version", version);
  }

  private void order(String eventId, Instant time) {
    order(eventId, "u-1", time);
  }

  private void order(String eventId, String userId, Instant time) {
    send(new Event(eventId, "order_completed", time, userId, null, Map.of("revenue", 12.5)));
  }

  private void send(Event event) {
    driver.input(driver.topics().events(), Event.class, "u-1", event);
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  private static TraitDefinition trait(String eligibility, double tolerance, double share) {
    return TraitDefinition.newBuilder()
        .setTrait(TRAIT)
        .setEligibility(eligibility)
        .setTarget(new Target("order_completed", "true"))
        .setHorizonMillis(Duration.ofDays(30).toMillis())
        .setTolerance(tolerance)
        .setExampleShare(share)
        .setUsageNote("a prediction")
        .build();
  }

  private static SegmentDefinition segmentation(Segment... segments) {
    return new SegmentDefinition("repurchase", "customer", "", List.of(segments), 0L);
  }

  private static Segment segment(String name, String enter, @Nullable String stay) {
    String trait = "traits['" + TRAIT + "'] ";
    return new Segment(name, trait + enter, stay == null ? null : trait + stay);
  }
}
