package dev.presage.scoring;

import static dev.presage.scoring.TestItems.ITEM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.PrivacyAction;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.scoring.entity.EntityType;
import dev.presage.scoring.ingest.IngestSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.streams.TestOutputTopic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Producers that write the profile log themselves. */
@SuppressWarnings("NullAway.Init") // JUnit calls start() first.
class LogSourceTopologyTest {
  private static final String TRAIT = "likelihood";
  private static final Instant START = Instant.parse("2011-09-01T10:00:00Z");

  private ScoringDriver driver;
  private TestOutputTopic<String, TraitUpdate> updates;
  private TestOutputTopic<String, ProfileLogRecord> log;
  private TestOutputTopic<String, ProfileLogRecord> itemLog;

  @BeforeEach
  void start(@TempDir Path folder) {
    driver =
        new ScoringDriver(
            folder,
            ScoringDriver.PATIENT,
            IngestSource.LOG,
            Map.of(ITEM, TestItems.declarations()));
    updates = driver.output(driver.topics().traitUpdates(), TraitUpdate.class);
    log = driver.output(driver.topics().profileLog(), ProfileLogRecord.class);
    itemLog = driver.output(driver.topics().profileLog("item"), ProfileLogRecord.class);
    driver.define(TRAIT);
    driver.serve(TRAIT, "v1", 1);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void shouldFoldWhatProducersPutOnTheLogAndWriteNothingMoreToIt() {
    driver.log("u-1", order("e-1", START, Map.of()));

    assertThat(updates.readValue())
        .satisfies(
            it -> {
              assertThat(it.getCanonicalId()).isEqualTo("u-1");
              assertThat(it.getEventId()).isEqualTo("e-1");
            });
    assertThat(log.isEmpty()).isTrue();
  }

  @Test
  void shouldRefuseWhatIngestWouldHaveRefused() {
    driver.log("u-1", order("e-1", driver.now().plus(Duration.ofHours(1)), Map.of()));
    driver.log("u-1", order("e-2", null, Map.of()));
    driver.log(" ", order("e-3", START, Map.of()));
    driver.log("x".repeat(1025), order("e-4", START, Map.of()));
    driver.log("u-1", new Event("e-5", " ", START, null, null, Map.of()));

    assertThat(refused("IN_THE_FUTURE")).isEqualTo(1);
    assertThat(refused("NO_TIME")).isEqualTo(1);
    assertThat(refused("NO_ID")).isEqualTo(1);
    assertThat(refused("NAME_TOO_LONG")).isEqualTo(1);
    assertThat(refused("NO_TYPE")).isEqualTo(1);
    assertThat(updates.isEmpty()).isTrue();
    assertThat(driver.profile(EntityType.CUSTOMER, "u-1")).isNull();
    assertThat(itemLog.isEmpty()).isTrue();
  }

  @Test
  void shouldNameAnEventWithoutAnIdAfterItsPlaceOnTheLog() {
    driver.log("u-1", order(null, START, Map.of("productId", "p-1")));

    assertThat(updates.readValue().getEventId()).isEqualTo("profile-log-0-0");
    assertThat(itemLog.readValue().getEvent().getEventId()).isEqualTo("profile-log-0-0");
  }

  @Test
  void shouldGiveItemsTheirEventsFromTheLog() {
    driver.log("u-1", order("e-1", START, Map.of("productId", 7L)));
    driver.log("u-1", order("e-2", START, Map.of("productId", 7.0)));

    assertThat(itemLog.readKeyValuesToList()).extracting(it -> it.key).containsExactly("7", "7");
    assertThat(driver.profile(ITEM, "7")).isNotNull();
  }

  @Test
  void shouldRefuseAPropertyThatCannotNameAnItemOnlyForItems() {
    driver.log("u-1", order("e-1", START, Map.of("productId", true)));

    assertThat(refused("INVALID_PROPERTY")).isEqualTo(1);
    assertThat(updates.readValuesToList()).hasSize(1);
    assertThat(itemLog.isEmpty()).isTrue();
  }

  @Test
  void shouldStillTakeLinksAndPrivacyCommands() {
    driver.log("device", order("e-1", START, Map.of("productId", "p-1")));
    driver.link("device", "user", START);
    driver.log("device", order("e-2", START.plusSeconds(1), Map.of("productId", "p-1")));

    assertThat(driver.profile("user").features().isEmpty()).isFalse();
    assertThat(itemLog.readKeyValuesToList())
        .as("what was sent on to the user is not given to the item again")
        .hasSize(2);

    driver.command(PrivacyAction.ERASE, "user", "r-1", START.plusSeconds(2));
    assertThat(driver.profile("user").features().isEmpty()).isTrue();
  }

  private double refused(String code) {
    return driver.counted("presage.dead.letters", "code", code);
  }

  private static Event order(
      @Nullable String eventId, @Nullable Instant time, Map<String, Object> properties) {
    return new Event(eventId, "order_completed", time, null, null, properties);
  }
}
