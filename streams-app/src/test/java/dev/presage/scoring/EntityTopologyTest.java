package dev.presage.scoring;

import static dev.presage.scoring.TestItems.ITEM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.PrivacyAction;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.schemas.avro.Segment;
import dev.presage.schemas.avro.SegmentChange;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.scoring.entity.EntityType;
import dev.presage.scoring.ingest.IngestSource;
import dev.presage.scoring.profile.Profile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.TestOutputTopic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items beside customers: a second entity type, by configuration alone. */
@SuppressWarnings("NullAway.Init") // JUnit calls start() first.
class EntityTopologyTest {
  private static final String DEMAND = "demand";
  private static final String REPURCHASE = "repurchase";
  private static final Instant START = Instant.parse("2011-09-01T10:00:00Z");

  private ScoringDriver driver;
  private TestOutputTopic<String, TraitUpdate> updates;
  private TestOutputTopic<String, TraitUpdate> values;
  private TestOutputTopic<String, SegmentChange> changes;
  private TestOutputTopic<String, ProfileLogRecord> itemLog;
  private int sent;

  @BeforeEach
  void start(@TempDir Path folder) {
    driver =
        new ScoringDriver(
            folder,
            ScoringDriver.PATIENT,
            IngestSource.EVENTS,
            Map.of(ITEM, TestItems.declarations()));
    updates = driver.output(driver.topics().traitUpdates(), TraitUpdate.class);
    values = driver.output(driver.topics().traitValues(), TraitUpdate.class);
    changes = driver.output(driver.topics().segmentChanges(), SegmentChange.class);
    itemLog = driver.output(driver.topics().profileLog("item"), ProfileLogRecord.class);
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
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void shouldKeepAProfileOfTheItemAndOneOfTheCustomer() {
    define(DEMAND, "item");
    define(REPURCHASE, "customer");
    serveDemand("v1");
    serveRepurchase("v1");

    sell("u-1", "p-1", START);
    sell("u-2", "p-1", START.plusSeconds(60));

    assertThat(updates.readValuesToList())
        .filteredOn(it -> it.getEntityType().equals("item"))
        .extracting(
            TraitUpdate::getTrait,
            TraitUpdate::getCanonicalId,
            TraitUpdate::getCause,
            it -> it.getValue() > 0.5)
        .containsExactly(
            tuple(DEMAND, "p-1", Cause.EVENT, false), tuple(DEMAND, "p-1", Cause.EVENT, true));
    assertThat(changes.readValuesToList())
        .extracting(
            SegmentChange::getEntityType,
            SegmentChange::getCanonicalId,
            SegmentChange::getFrom,
            SegmentChange::getTo)
        .containsExactly(tuple("item", "p-1", null, "slow"), tuple("item", "p-1", "slow", "fast"));
    assertThat(item("p-1").features().newestEventMillis())
        .isEqualTo(START.plusSeconds(60).toEpochMilli());
    assertThat(driver.profile("u-1").traits()).hasSize(1);
    assertThat(driver.profile(EntityType.CUSTOMER, "p-1")).isNull();
    assertThat(driver.profile(ITEM, "u-1")).isNull();
  }

  @Test
  void shouldTellTheValuesOfItemsFromThoseOfCustomersByTheirKeys() {
    define(DEMAND, "item");
    define(REPURCHASE, "customer");
    serveDemand("v1");
    serveRepurchase("v1");

    sell("7", "7", START);

    assertThat(values.readKeyValuesToList())
        .extracting(it -> it.key, it -> it.value.getEntityType())
        .containsExactlyInAnyOrder(
            tuple("7/" + REPURCHASE, "customer"), tuple("item:7/" + DEMAND, "item"));
  }

  @Test
  void shouldLeaveItemsAloneWhereADefinitionIsOfCustomers() {
    define(DEMAND, "customer");
    serveDemand("v1");

    sell("u-1", "p-1", START);

    assertThat(updates.isEmpty()).isTrue();
    assertThat(item("p-1").traits()).isEmpty();
    assertThat(driver.profile("u-1").traits()).isEmpty();
    assertThat(driver.profile("u-1").segments()).isEmpty();
  }

  @Test
  void shouldServeAModelThatCameBeforeTheDefinitionOfItsTrait() {
    serveDemand("v1");
    sell("u-1", "p-1", START);
    assertThat(updates.isEmpty()).isTrue();

    define(DEMAND, "item");
    driver.settle();

    assertThat(updates.readValue())
        .satisfies(
            it -> {
              assertThat(it.getCanonicalId()).isEqualTo("p-1");
              assertThat(it.getCause()).isEqualTo(Cause.MODEL);
            });
    assertThat(updates.isEmpty()).isTrue();
  }

  @Test
  void shouldScoreAnItemThatNobodyBuys() {
    define(DEMAND, "item");
    serveDemand("v1");
    sell("u-1", "p-1", START);
    sell("u-1", "p-1", START);
    updates.readValuesToList();
    changes.readValuesToList();

    sell("u-1", "other", START.plus(Duration.ofDays(7)).plusMillis(1));
    driver.settle();

    assertThat(updates.readValuesToList())
        .filteredOn(it -> it.getCanonicalId().equals("p-1"))
        .extracting(TraitUpdate::getCause, TraitUpdate::getAsOf)
        .containsExactly(tuple(Cause.SILENCE, START.plus(Duration.ofDays(7))));
    assertThat(changes.readValuesToList())
        .filteredOn(it -> it.getCanonicalId().equals("p-1"))
        .extracting(SegmentChange::getFrom, SegmentChange::getTo, SegmentChange::getCause)
        .containsExactly(tuple("fast", "slow", Cause.SILENCE));
    driver.settle(); // What was sent is out, and the next turn says so.
    assertThat(driver.progress(ITEM).isUpToTime()).isTrue();
  }

  @Test
  void shouldNotKeepCustomersIdsUnderItems() {
    sell("u-1", "p-1", START);

    assertThat(itemLog.readKeyValue())
        .satisfies(
            it -> {
              assertThat(it.key).isEqualTo("p-1");
              assertThat(it.value.getEvent().getUserId()).isNull();
              assertThat(it.value.getEvent().getAnonymousId()).isNull();
              assertThat(it.value.getEvent().getEventId()).isEqualTo("e-1");
              assertThat(it.value.getEvent().getProperties()).containsEntry("revenue", 12.5);
            });
  }

  @Test
  void shouldPassOverEventsWithoutTheProperty() {
    driver.order("u-1", START);

    assertThat(itemLog.isEmpty()).isTrue();
    assertThat(driver.profile("u-1").features().isEmpty()).isFalse();
  }

  @Test
  void shouldTakeAnEventOfAnItemAlone() {
    sell(null, "p-1", START);

    assertThat(item("p-1").features().isEmpty()).isFalse();
    assertThat(driver.output(driver.topics().profileLog(), ProfileLogRecord.class).isEmpty())
        .isTrue();
  }

  @Test
  void shouldEraseTheCustomerAndLeaveTheItem() {
    sell("p-1", "p-1", START);

    driver.command(PrivacyAction.ERASE, "p-1", "r-1", START.plusSeconds(1));

    assertThat(driver.profile("p-1").features().isEmpty()).isTrue();
    assertThat(item("p-1").features().isEmpty()).isFalse();
  }

  @Test
  void shouldKeepTheProgressOfEntityTypesApart() {
    sell("u-1", "p-1", START);
    sell("u-2", "p-1", START);
    define(DEMAND, "item");
    serveDemand("v1");
    driver.settle();

    assertThat(driver.progress(ITEM).swept()).isEqualTo(1);
    assertThat(driver.progress(EntityType.CUSTOMER).swept()).isEqualTo(2);
  }

  @Test
  void shouldMoveATraitToTheEntityTypeOfItsNewDefinition() {
    define(DEMAND, "customer");
    serveDemand("v1");
    sell("u-1", "p-1", START);

    define(DEMAND, "item");
    sell("u-1", "p-1", START.plusSeconds(1));

    assertThat(values.readKeyValuesToList())
        .extracting(it -> it.key)
        .containsExactly("item:p-1/" + DEMAND);
    assertThat(driver.rules().current().traits()).isEmpty();
  }

  private Profile item(String id) {
    return Objects.requireNonNull(driver.profile(ITEM, id));
  }

  private void sell(@Nullable String user, String product, Instant time) {
    sent++;
    driver.send(
        new Event(
            "e-" + sent,
            "order_completed",
            time,
            user,
            null,
            Map.of("revenue", 12.5, "productId", product)));
  }

  private void define(String trait, String entityType) {
    driver
        .books()
        .trait(
            trait,
            TraitDefinition.newBuilder()
                .setTrait(trait)
                .setEntityType(entityType)
                .setTarget(new Target("order_completed", "true"))
                .setHorizonMillis(Duration.ofDays(30).toMillis())
                .build());
  }

  /** Makes live what says 0.27 below two sales in 7 days, else 0.73. */
  private void serveDemand(String version) {
    serve(DEMAND, version, ITEM, "sales_7d");
  }

  private void serveRepurchase(String version) {
    serve(REPURCHASE, version, EntityType.CUSTOMER, "orders_30d");
  }

  private void serve(String trait, String version, EntityType type, String feature) {
    assertThat(
            driver
                .books()
                .model(
                    trait + "/" + version,
                    TestModels.stump(driver.schema(type), trait, version, feature, 1.5f, -1, 1))
                .reason())
        .isNull();
  }
}
