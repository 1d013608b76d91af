package dev.presage.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.presage.features.identity.LogEntries;
import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.IdentityLink;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.scoring.profile.BackgroundWork;
import dev.presage.scoring.profile.BackgroundWork.ClockMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.streams.TestOutputTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Points 1, 3 and 7 of the semantics: event time, order and silence. */
@SuppressWarnings("NullAway.Init") // JUnit calls start() first.
class SilenceTopologyTest {
  private static final String TRAIT = "likelihood";
  private static final Instant START = Instant.parse("2011-09-01T10:00:00Z");

  @TempDir private Path folder;
  private ScoringDriver driver;
  private TestOutputTopic<String, TraitUpdate> updates;

  @BeforeEach
  void start() {
    open(ScoringDriver.PATIENT);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  private void open(BackgroundWork background) {
    driver = new ScoringDriver(folder.resolve("state"), background);
    updates = driver.output(driver.topics().traitUpdates(), TraitUpdate.class);
    driver.define(TRAIT);
    driver.serve(TRAIT, "v1", 1);
  }

  @Test
  void shouldScoreASilentProfileWhenTheEventsOfOthersSayThatTimeHasPassed() {
    driver.order("silent", START);
    driver.settle();
    assertThat(updates.readValuesToList()).hasSize(1);

    driver.order("busy", START.plus(days(30)));
    driver.settle();
    assertThat(updates.readValue().getCanonicalId()).as("no rung is over yet").isEqualTo("busy");
    assertThat(updates.isEmpty()).isTrue();

    driver.order("busy", START.plus(days(30)).plusMillis(1));
    driver.settle();

    TraitUpdate silent = updates.readValue();
    assertThat(silent.getCanonicalId()).isEqualTo("silent");
    assertThat(silent.getCause()).isEqualTo(Cause.SILENCE);
    assertThat(silent.getAsOf()).isEqualTo(START.plus(days(30)));
    assertThat(silent.getValue()).as("no order in 30 days any more").isLessThan(0.3);
    assertThat(silent.getRevision()).isEqualTo(2);
    assertThat(silent.getEventId()).isNull();
    assertThat(driver.profile("silent").asOfMillis())
        .isEqualTo(START.plus(days(30)).toEpochMilli());
  }

  @Test
  void shouldScoreEachRungBeforeTheNextEventOfTheProfileItself() {
    driver.order("a", START);
    driver.order("a", START.plus(days(40)));

    assertThat(updates.readValuesToList())
        .extracting(TraitUpdate::getCause, TraitUpdate::getAsOf, TraitUpdate::getRevision)
        .containsExactly(
            tuple(Cause.EVENT, START, 1L),
            tuple(Cause.SILENCE, START.plus(days(30)), 2L),
            tuple(Cause.EVENT, START.plus(days(40)), 3L));
  }

  @Test
  void shouldLetTheWallClockMoveAPartitionWithoutRecords() {
    driver.order("a", driver.now());
    driver.pass(days(30));
    assertThat(updates.readValuesToList()).as("idle for a minute less").hasSize(1);

    driver.pass(Duration.ofMinutes(2));

    assertThat(updates.readValue().getCause()).isEqualTo(Cause.SILENCE);
    assertThat(driver.progress().isUpToTime()).as("what was sent is not committed yet").isFalse();

    driver.settle();
    assertThat(driver.progress().isUpToTime()).isTrue();
  }

  @Test
  void shouldLeaveTimeToTheEventsInAReplay() {
    driver.close();
    open(new BackgroundWork(ClockMode.EVENTS, Duration.ofMinutes(1), Duration.ofMillis(100), 1));
    driver.order("a", START);

    driver.pass(days(400));

    assertThat(updates.readValuesToList()).hasSize(1);
    assertThat(driver.profile("a").silentUntilMillis()).isZero();
  }

  @Test
  void shouldNeverScoreAsOfAnEarlierTimeThanBefore() {
    driver.order("a", START);
    driver.order("busy", START.plus(days(31)));
    driver.settle();
    updates.readValuesToList();

    driver.order("a", START.plus(days(2)));

    TraitUpdate update = updates.readValue();
    assertThat(update.getAsOf()).isEqualTo(START.plus(days(30)));
    assertThat(update.getValue()).as("the order is within 30 days of then").isGreaterThan(0.7);
  }

  /** The link of an event comes from another partition, whose time may be ahead. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldScoreEachRungBeforeALinkWhateverTimeThePartitionHasReached(boolean isPartitionThere) {
    Instant linked = START.plus(days(40));
    driver.event("order_completed", null, "device", START);
    if (isPartitionThere) {
      driver.order("busy", linked);
    }

    driver.log("device", LogEntries.of(new IdentityLink("device", "user", linked, true)));

    assertThat(updates.readValuesToList())
        .filteredOn(it -> it.getCanonicalId().equals("device"))
        .extracting(TraitUpdate::getCause, TraitUpdate::getAsOf)
        .containsExactly(tuple(Cause.EVENT, START), tuple(Cause.SILENCE, START.plus(days(30))));
  }

  /** Who says that two IDs are the same may say so years after the events of a replay. */
  @Test
  void shouldNotTakeTheTimeOfALinkThatNoEventImplied() {
    driver.event("order_completed", null, "device", START);
    driver.order("user", START);
    driver.link("device", "user", START.plus(days(400)));

    assertThat(updates.readValuesToList())
        .extracting(TraitUpdate::getCause)
        .containsExactly(Cause.EVENT, Cause.EVENT, Cause.MERGE);
    assertThat(driver.profile("user").asOfMillis()).isEqualTo(START.toEpochMilli());
  }

  /** A replay and a live run of the same events give the same updates. */
  @Test
  void shouldSendTheSameWheneverTheTimersHaveTheirTurn() {
    for (int seed = 0; seed < 20; seed++) {
      Map<String, List<TraitUpdate>> live = run(seed, 1);
      Map<String, List<TraitUpdate>> replayed = run(seed, 0);
      Map<String, List<TraitUpdate>> between = run(seed, 0.3);
      assertThat(replayed).as("seed %d", seed).isEqualTo(live);
      assertThat(between).as("seed %d", seed).isEqualTo(live);
    }
  }

  private Map<String, List<TraitUpdate>> run(int seed, double turns) {
    driver.close();
    Random random = new Random(seed);
    Random turn = new Random(~seed);
    Map<String, List<TraitUpdate>> sent = new TreeMap<>();
    open(new BackgroundWork(ClockMode.EVENTS, Duration.ofMinutes(1), Duration.ofMillis(100), 1));
    Instant time = START;
    for (int i = 0; i < 40; i++) {
      time = time.plusSeconds(random.nextInt(20 * 86_400));
      boolean isLate = random.nextInt(6) == 0;
      driver.order(
          "user-" + random.nextInt(4), isLate ? time.minusSeconds(random.nextInt(864_000)) : time);
      if (turn.nextDouble() < turns) {
        driver.settle();
      }
    }
    driver.settle();
    for (TraitUpdate update : updates.readValuesToList()) {
      sent.computeIfAbsent(update.getCanonicalId(), _ -> new ArrayList<>()).add(update);
    }
    return sent;
  }

  private static Duration days(int days) {
    return Duration.ofDays(days);
  }
}
