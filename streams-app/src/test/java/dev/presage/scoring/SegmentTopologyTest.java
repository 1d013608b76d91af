package dev.presage.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.Segment;
import dev.presage.schemas.avro.SegmentChange;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.scoring.profile.Dwell;
import dev.presage.scoring.profile.PublishedSegment;
import dev.presage.scoring.rules.NameId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.TestOutputTopic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Point 8 of the semantics, emission, as far as segments decide it; and what segments say. */
@SuppressWarnings("NullAway.Init") // JUnit calls start() first.
class SegmentTopologyTest {
  private static final String TRAIT = "likelihood-to-repurchase-30d";
  private static final Instant START = Instant.parse("2011-09-01T10:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration NO_DWELL = Duration.ZERO;
  private static final Segment BUSY = new Segment("busy", "orders_30d >= 3", "orders_30d >= 2");
  private static final Segment ACTIVE = new Segment("active", "orders_30d >= 2", null);
  private static final Segment QUIET = new Segment("quiet", "true", null);

  private ScoringDriver driver;
  private TestOutputTopic<String, SegmentChange> changes;

  @BeforeEach
  void start(@TempDir Path folder) {
    driver = new ScoringDriver(folder);
    changes = driver.output(driver.topics().segmentChanges(), SegmentChange.class);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void shouldSayFromToWhenAndWhy() {
    define("activity", NO_DWELL, BUSY, ACTIVE, QUIET);
    driver.order("u-1", START);
    driver.order("u-1", START.plusSeconds(1));

    SegmentChange first = changes.readValue();
    assertThat(first.getFrom()).isNull();
    assertThat(first.getTo()).isEqualTo("quiet");
    assertThat(first.getRule()).isEqualTo("true");
    assertThat(first.getValues())
        .as("the rules of the segments before, which did not hold")
        .isEqualTo(Map.of("orders_30d", 1.0));
    SegmentChange second = changes.readValue();
    assertThat(second.getSegmentation()).isEqualTo("activity");
    assertThat(second.getCanonicalId()).isEqualTo("u-1");
    assertThat(second.getFrom()).isEqualTo("quiet");
    assertThat(second.getTo()).isEqualTo("active");
    assertThat(second.getRule()).isEqualTo("orders_30d >= 2");
    assertThat(second.getValues()).isEqualTo(Map.of("orders_30d", 2.0));
    assertThat(second.getCause()).isEqualTo(Cause.EVENT);
    assertThat(second.getAsOf()).isEqualTo(START.plusSeconds(1));
    assertThat(second.getEventId()).isEqualTo("e-2");
    assertThat(changes.isEmpty()).isTrue();
  }

  @Test
  void shouldShowTheRuleToEnterAndWhatBothRulesReadWhenOneIsLeftForAnother() {
    driver.define(TRAIT);
    driver.serve(TRAIT, "v1", 1);
    define(
        "mixed",
        NO_DWELL,
        new Segment("likely", "orders_lifetime == 1", "traits['" + TRAIT + "'] > 0.5"),
        QUIET);
    driver.order("u-1", START);
    driver.serve(TRAIT, "v2", 9);
    driver.order("u-1", START.plusSeconds(1));

    SegmentChange change = changes.readValuesToList().getLast();
    assertThat(change.getFrom()).isEqualTo("likely");
    assertThat(change.getTo()).isEqualTo("quiet");
    assertThat(change.getRule()).isEqualTo("true");
    assertThat(change.getValues())
        .containsOnlyKeys("traits." + TRAIT, "orders_lifetime")
        .containsEntry("orders_lifetime", 2.0)
        .hasEntrySatisfying("traits." + TRAIT, it -> assertThat(it).isCloseTo(0.269, within(1e-3)));
  }

  @Test
  void shouldEnterAtOneThresholdAndLeaveAtAnother() {
    define("activity", NO_DWELL, BUSY, QUIET);
    driver.order("u-1", START);
    driver.order("u-1", START.plus(DAY.multipliedBy(5)));
    assertMoves(move(null, "quiet"));

    driver.order("u-1", START.plus(DAY.multipliedBy(10)));
    assertMoves(move("quiet", "busy"));

    driver.order("u-1", START.plus(DAY.multipliedBy(37)));
    assertThat(changes.isEmpty()).as("two orders are enough to stay").isTrue();

    driver.order("u-1", START.plus(DAY.multipliedBy(90)));
    assertMoves(move("busy", "quiet"));
  }

  @Test
  void shouldNotLeaveASegmentBeforeItsMinimumDwellHasPassed() {
    define("activity", Duration.ofDays(60), BUSY, QUIET);
    driver.order("u-1", START);
    driver.order("u-1", START.plusSeconds(1));
    driver.order("u-1", START.plusSeconds(2));
    assertMoves(move(null, "quiet"));
    assertThat(nextDwellEnd()).isEqualTo(START.plus(DAY.multipliedBy(60)).toEpochMilli());

    driver.order("u-1", START.plus(DAY.multipliedBy(60)).minusMillis(1));
    assertThat(changes.isEmpty()).isTrue();
    driver.order("u-1", START.plus(DAY.multipliedBy(60)));
    assertThat(changes.isEmpty()).as("two orders do not make one enter").isTrue();
    assertThat(nextDwellEnd()).isEqualTo(Dwell.NONE);
    driver.order("u-1", START.plus(DAY.multipliedBy(61)));
    assertMoves(move("quiet", "busy"));
    assertThat(nextDwellEnd()).isEqualTo(START.plus(DAY.multipliedBy(121)).toEpochMilli());
  }

  @Test
  void shouldKeepEachProfileInExactlyOneSegment() {
    define("activity", NO_DWELL, BUSY, ACTIVE, QUIET);
    for (int i = 0; i < 40; i++) {
      driver.order("u-" + i % 3, START.plus(DAY.multipliedBy(i * (1 + i % 3L))));
    }

    for (int i = 0; i < 3; i++) {
      assertThat(driver.profile("u-" + i).segments())
          .singleElement()
          .extracting(PublishedSegment::segmentationId)
          .isEqualTo(NameId.of("activity"));
    }
    assertThat(changes.readKeyValuesToList())
        .filteredOn(it -> it.key.equals("u-1"))
        .extracting(it -> it.value)
        .satisfies(
            all -> {
              for (int i = 1; i < all.size(); i++) {
                assertThat(all.get(i).getFrom()).isEqualTo(all.get(i - 1).getTo());
              }
            });
  }

  @Test
  void shouldTakeUpADefinitionWithoutARestartAndDecideAfreshWhereASegmentWentAway() {
    define("activity", Duration.ofDays(60), ACTIVE, QUIET);
    driver.order("u-1", START);
    assertMoves(move(null, "quiet"));

    define("activity", Duration.ofDays(60), ACTIVE, new Segment("calm", "true", null));
    driver.order("u-1", START.plusSeconds(1));

    assertThat(changes.readValuesToList())
        .as("the name of the one that went away is not known any more")
        .extracting(SegmentChange::getFrom, SegmentChange::getTo)
        .containsExactly(tuple(null, "active"));
  }

  @Test
  void shouldGoOnWithTheLastValidDefinitionWhileTheNewestIsRefused() {
    define("activity", NO_DWELL, BUSY, QUIET);
    driver.order("u-1", START);
    define("activity", NO_DWELL, new Segment("busy", "order_30d > 1", null), QUIET);
    driver.order("u-1", START.plusSeconds(1));
    driver.order("u-1", START.plusSeconds(2));

    assertMoves(move(null, "quiet"), move("quiet", "busy"));
  }

  @Test
  void shouldKeepTheSegmentWhileNothingCanBeDecided() {
    driver.define(TRAIT);
    driver.serve(TRAIT, "v1", 1);
    define(
        "repurchase",
        NO_DWELL,
        new Segment("likely", "traits['" + TRAIT + "'] > 0.5 && orders_30d < 2", null),
        QUIET);
    driver.order("u-1", START);
    assertMoves(move(null, "likely"));

    assertThat(driver.rules().model(TRAIT + "/v1", null).reason()).isNull();
    driver.order("u-1", START.plusSeconds(1));

    assertThat(changes.isEmpty()).isTrue();
    assertThat(driver.profile("u-1").segments())
        .containsExactly(
            new PublishedSegment(
                NameId.of("repurchase"), NameId.of("likely"), START.toEpochMilli()));
  }

  @Test
  void shouldNotDecideByAPercentileThatNobodyKnows() {
    driver.define(TRAIT);
    driver.serve(TRAIT, "v1", 1);
    define("top", NO_DWELL, new Segment("top", "percentiles['" + TRAIT + "'] >= 90", null), QUIET);
    driver.order("u-1", START);

    assertThat(changes.isEmpty()).isTrue();
    assertThat(driver.profile("u-1").segments()).isEmpty();
  }

  @Test
  void shouldSendTheTraitThatAChangeWasDecidedByThoughItDidNotMove() {
    driver.define(TRAIT);
    driver.serve(TRAIT, "v1", 1);
    TestOutputTopic<String, TraitUpdate> updates =
        driver.output(driver.topics().traitUpdates(), TraitUpdate.class);
    define(
        "repurchase",
        NO_DWELL,
        new Segment("new", "traits['" + TRAIT + "'] > 0.5 && orders_30d == 1", null),
        QUIET);
    driver.order("u-1", START);
    driver.order("u-1", START.plusSeconds(1));
    driver.order("u-1", START.plusSeconds(2));

    assertMoves(move(null, "new"), move("new", "quiet"));
    assertThat(updates.readValuesToList())
        .extracting(TraitUpdate::getRevision)
        .containsExactly(1L, 2L);
  }

  private long nextDwellEnd() {
    var profile = driver.profile("u-1");
    return Dwell.endsNext(
        profile, driver.rules().current(), profile.features().newestEventMillis());
  }

  private void define(String name, Duration dwell, Segment... segments) {
    driver
        .rules()
        .segmentation(
            name, new SegmentDefinition(name, "customer", "", List.of(segments), dwell.toMillis()));
  }

  private void assertMoves(Move... moves) {
    assertThat(changes.readValuesToList())
        .extracting(it -> new Move(it.getFrom(), it.getTo()))
        .containsExactly(moves);
  }

  private static Move move(@Nullable String from, String to) {
    return new Move(from, to);
  }

  /** From one segment to another. */
  private record Move(@Nullable String from, @Nullable String to) {}
}
