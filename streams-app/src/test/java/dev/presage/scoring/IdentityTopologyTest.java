package dev.presage.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.presage.features.identity.Identity;
import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.PrivacyAction;
import dev.presage.schemas.avro.PrivacyOutcome;
import dev.presage.schemas.avro.PrivacyReceipt;
import dev.presage.schemas.avro.Segment;
import dev.presage.schemas.avro.SegmentChange;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.scoring.profile.PublishedTrait;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestOutputTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Points 5, 8 and 11 of the semantics, identity, emission and erasure, as consumers see them. */
@SuppressWarnings("NullAway.Init") // JUnit calls start() first.
class IdentityTopologyTest {
  private static final String TRAIT = "likelihood";
  private static final Instant START = Instant.parse("2011-09-01T10:00:00Z");

  private ScoringDriver driver;
  private TestOutputTopic<String, TraitUpdate> updates;
  private TestOutputTopic<String, TraitUpdate> values;
  private TestOutputTopic<String, SegmentChange> changes;
  private TestOutputTopic<String, PrivacyReceipt> receipts;

  @BeforeEach
  void start(@TempDir Path folder) {
    driver = new ScoringDriver(folder);
    updates = driver.output(driver.topics().traitUpdates(), TraitUpdate.class);
    values = driver.output(driver.topics().traitValues(), TraitUpdate.class);
    changes = driver.output(driver.topics().segmentChanges(), SegmentChange.class);
    receipts = driver.output(driver.topics().privacyReceipts(), PrivacyReceipt.class);
    driver.define(TRAIT);
    driver.serve(TRAIT, "v1", 2);
    driver
        .rules()
        .segmentation(
            "activity",
            SegmentDefinition.newBuilder()
                .setSegmentation("activity")
                .setSegments(
                    List.of(
                        new Segment("active", "orders_30d >= 1.0", null),
                        new Segment("rest", "true", null)))
                .build());
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void shouldMoveADeviceToItsUserWhenAnEventCarriesBoth() {
    driver.event("order_completed", null, "device", START);
    assertThat(updates.readValue().getCanonicalId()).isEqualTo("device");
    values.readKeyValuesToList();
    changes.readValuesToList();

    driver.event("order_completed", "user", "device", START.plusSeconds(1));

    assertThat(values.readKeyValuesToList())
        .extracting(it -> it.key, it -> it.value == null)
        .contains(tuple("device/" + TRAIT, true), tuple("user/" + TRAIT, false));
    List<TraitUpdate> sent = updates.readValuesToList();
    assertThat(sent).extracting(TraitUpdate::getCanonicalId).containsOnly("user");
    assertThat(sent.getLast().getCause()).isEqualTo(Cause.MERGE);
    assertThat(sent.getLast().getValue()).as("two orders now").isGreaterThan(0.7);
    assertThat(changes.readValuesToList())
        .filteredOn(it -> it.getCanonicalId().equals("device"))
        .singleElement()
        .satisfies(
            left -> {
              assertThat(left.getFrom()).isEqualTo("active");
              assertThat(left.getTo()).isNull();
              assertThat(left.getCause()).isEqualTo(Cause.MERGE);
            });
    assertThat(((Identity.Own) driver.profile("user").identity()).members())
        .containsExactly("device");
    assertThat(driver.profile("device").identity())
        .isInstanceOfSatisfying(
            Identity.Redirect.class, it -> assertThat(it.to()).isEqualTo("user"));
  }

  @Test
  void shouldSendLaterEventsOfADeviceToItsUser() {
    driver.link("device", "user", START);
    driver.event("order_completed", null, "device", START);
    driver.event("order_completed", null, "device", START.plusSeconds(1));

    assertThat(updates.readValuesToList())
        .extracting(TraitUpdate::getCanonicalId)
        .containsOnly("user");
    assertThat(driver.counted("presage.identity", "outcome", "SENT_ON")).isEqualTo(2);
  }

  @Test
  void shouldEraseAPersonByAnyId() {
    driver.event("order_completed", null, "device", START);
    driver.event("order_completed", "user", "device", START.plusSeconds(1));
    updates.readValuesToList();
    values.readKeyValuesToList();
    changes.readValuesToList();

    driver.command(PrivacyAction.ERASE, "device", "r-1", START.plusSeconds(2));
    driver.order("user", START.plusSeconds(3));
    driver.event("order_completed", null, "device", START.plusSeconds(4));

    assertThat(values.readKeyValuesToList()).containsExactly(KeyValue.pair("user/" + TRAIT, null));
    assertThat(updates.isEmpty()).isTrue();
    assertThat(changes.readValue().getTo()).isNull();
    PrivacyReceipt receipt = receipts.readValue();
    assertThat(receipt.getRequestId()).isEqualTo("r-1");
    assertThat(receipt.getOutcome()).isEqualTo(PrivacyOutcome.DONE);
    assertThat(receipt.getIds()).isEqualTo(2);
    assertThat(receipts.isEmpty()).isTrue();
    assertThat(driver.profile("user").features().isEmpty()).isTrue();
    assertThat(driver.profile("device").identity()).isInstanceOf(Identity.Erased.class);
    assertThat(driver.counted("presage.identity", "outcome", "DROPPED")).isEqualTo(2);
    assertThat(driver.takeTimers()).isEmpty();
  }

  @Test
  void shouldLeaveNoTimerOfAnErasedPersonAndSendNothingWhenItWouldHaveBeenDue() {
    driver.event("order_completed", null, "device", START);
    driver.event("order_completed", "user", "device", START.plusSeconds(1));
    driver.order("other", START);
    driver.order("other", START);
    updates.readValuesToList();

    driver.command(PrivacyAction.ERASE, "device", "r-1", START.plusSeconds(2));
    driver.order("other", START.plus(Duration.ofDays(200)));
    driver.settle();

    assertThat(updates.readValuesToList())
        .extracting(TraitUpdate::getCanonicalId)
        .as("the other was silent, too")
        .isNotEmpty()
        .containsOnly("other");
    assertThat(driver.takeTimers()).containsOnly("other");
  }

  @Test
  void shouldArmNoTimerForAnAbsorbedProfile() {
    driver.event("order_completed", null, "device", START);
    driver.event("order_completed", "user", "device", START.plusSeconds(1));

    assertThat(driver.takeTimers()).containsOnly("user");
  }

  @Test
  void shouldTakeBackTheValueOfATraitWhoseDefinitionIsGone() {
    driver.order("user", START);
    driver.rules().trait(TRAIT, null);
    values.readKeyValuesToList();

    driver.command(PrivacyAction.ERASE, "user", "r-1", START);

    assertThat(values.readKeyValuesToList()).containsExactly(KeyValue.pair("user/" + TRAIT, null));
  }

  @Test
  void shouldLetAnErasedIdInAgainOnlyByConsent() {
    driver.command(PrivacyAction.ERASE, "user", "r-1", START);
    assertThat(receipts.readValue().getOutcome()).isEqualTo(PrivacyOutcome.NOTHING_TO_DO);
    driver.order("user", START);

    driver.command(PrivacyAction.CONSENT, "user", "r-2", START.plusSeconds(10));
    driver.order("user", START.plusSeconds(9));
    assertThat(updates.isEmpty()).as("a late event of the time before").isTrue();
    driver.order("user", START.plusSeconds(11));

    assertThat(receipts.readValue())
        .satisfies(
            it -> {
              assertThat(it.getAction()).isEqualTo(PrivacyAction.CONSENT);
              assertThat(it.getOutcome()).isEqualTo(PrivacyOutcome.DONE);
            });
    assertThat(updates.readValue().getAsOf()).isEqualTo(START.plusSeconds(11));
    assertThat(driver.profile("user").traits())
        .singleElement()
        .extracting(PublishedTrait::revision)
        .isEqualTo(1L);
  }
}
