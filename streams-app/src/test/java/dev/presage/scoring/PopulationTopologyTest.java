package dev.presage.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.presage.schemas.avro.PrivacyAction;
import dev.presage.schemas.avro.Segment;
import dev.presage.schemas.avro.SegmentChange;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.scoring.population.Distribution;
import dev.presage.scoring.population.SegmentSizes;
import dev.presage.scoring.profile.BackgroundWork;
import dev.presage.scoring.profile.BackgroundWork.ClockMode;
import dev.presage.scoring.profile.Profile;
import dev.presage.scoring.profile.PublishedSegment;
import dev.presage.scoring.profile.PublishedTrait;
import dev.presage.scoring.rules.NameId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.kafka.streams.TestOutputTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Point 8 of the semantics, emission by band: who ranks where in the whole population. */
@SuppressWarnings("NullAway.Init") // JUnit calls start() first.
class PopulationTopologyTest {
  private static final String TRAIT = "likelihood";
  private static final Instant START = Instant.parse("2011-09-01T10:00:00Z");

  /** So little time that each turn comes past one profile. */
  private static final BackgroundWork ONE_STEP =
      new BackgroundWork(ClockMode.EVENTS, Duration.ofMinutes(1), Duration.ofMillis(100), 1e-9);

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
    driver = new ScoringDriver(folder, background);
    updates = driver.output(driver.topics().traitUpdates(), TraitUpdate.class);
  }

  @Test
  void shouldRankAgainstAllProfilesWhereTheDefinitionAsksForIt() {
    define(TRAIT, true);
    driver.serve(TRAIT, "v1", 2);
    for (int user = 0; user < 9; user++) {
      driver.order("user-" + user, START);
    }
    assertThat(updates.readValuesToList())
        .as("nothing is known of the population yet")
        .allSatisfy(it -> assertThat(it.getPercentile()).isNull())
        .allSatisfy(it -> assertThat(it.getBand()).isNull())
        .hasSize(9);
    driver.settle();
    driver.hearPopulation();

    driver.order("user-0", START.plusSeconds(1));

    TraitUpdate up = updates.readValue();
    assertThat(up.getPercentile()).as("nobody has as high a value").isEqualTo(100);
    assertThat(up.getBand()).isEqualTo("top 1%");
    assertThat(updates.isEmpty()).isTrue();

    driver.settle();
    driver.pass(Duration.ofSeconds(5));
    driver.hearPopulation();
    driver.order("user-1", START.plusSeconds(2));

    TraitUpdate next = updates.readValue();
    assertThat(next.getPercentile()).isCloseTo(100 * 8.5 / 9, within(1e-9));
    assertThat(next.getBand()).isEqualTo("top 10%");
  }

  @Test
  void shouldSendAnUpdateWhenTheBandAloneHasChanged() {
    define(TRAIT, true);
    driver.serve(TRAIT, "v1", 2);
    for (int user = 0; user < 10; user++) {
      driver.order("user-" + user, START);
    }
    driver.settle();
    driver.hearPopulation();
    updates.readValuesToList();

    driver.order("user-0", START.plusSeconds(1));
    driver.order("user-0", START.plusSeconds(2));
    assertThat(updates.readValuesToList())
        .as("the third order changes neither the value nor the band")
        .extracting(TraitUpdate::getBand)
        .containsExactly("top 1%");

    for (int user = 1; user < 10; user++) {
      driver.order("user-" + user, START.plusSeconds(3));
    }
    updates.readValuesToList();
    driver.pass(Duration.ofSeconds(5));
    driver.hearPopulation();
    driver.order("user-0", START.plusSeconds(4));

    TraitUpdate update = updates.readValue();
    assertThat(update.getValue()).isEqualTo(update.getPreviousValue());
    assertThat(update.getBand()).as("all have the same value now").isEqualTo("top 50%");
    assertThat(update.getPercentile()).isEqualTo(50);
  }

  @Test
  void shouldSayNothingOfRanksWhereTheDefinitionDoesNotAsk() {
    define(TRAIT, false);
    driver.serve(TRAIT, "v1", 2);
    driver.order("a", START);
    driver.settle();
    driver.hearPopulation();
    driver.order("a", START.plusSeconds(1));
    driver.order("a", START.plusSeconds(2));

    assertThat(updates.readValuesToList())
        .hasSize(2)
        .allSatisfy(it -> assertThat(it.getPercentile()).isNull())
        .allSatisfy(it -> assertThat(it.getBand()).isNull());
  }

  @Test
  void shouldDecideSegmentsByPercentilesAsSoonAsTheyAreKnown() {
    TestOutputTopic<String, SegmentChange> changes =
        driver.output(driver.topics().segmentChanges(), SegmentChange.class);
    define(TRAIT, false);
    driver.serve(TRAIT, "v1", 2);
    segmentation("best", "percentiles['" + TRAIT + "'] >= 90.0");
    driver.order("a", START);
    driver.order("b", START);
    assertThat(changes.isEmpty()).isTrue();
    driver.settle();
    driver.hearPopulation();

    driver.order("a", START.plusSeconds(1));

    SegmentChange change = changes.readValue();
    assertThat(change.getTo()).isEqualTo("yes");
    assertThat(change.getValues()).containsEntry("percentiles." + TRAIT, 100.0);
  }

  @Test
  void shouldShareACensusOnlyWhenItChangedAndNotMoreOftenThanItIsTold() {
    define(TRAIT, false);
    driver.serve(TRAIT, "v1", 2);
    driver.order("a", START);
    driver.settle();
    assertThat(driver.hearPopulation()).isEqualTo(1);

    driver.order("b", START);
    driver.settle();
    assertThat(driver.hearPopulation()).as("the interval is not over").isZero();
    driver.pass(Duration.ofSeconds(5));
    assertThat(driver.hearPopulation()).isEqualTo(1);
    driver.pass(Duration.ofSeconds(50));
    assertThat(driver.hearPopulation()).isZero();
    assertThat(distribution(TRAIT).profiles()).isEqualTo(2);
  }

  @Test
  void shouldCountWhoWasThereBeforeAndATraitThatComesLater() {
    define(TRAIT, false);
    driver.serve(TRAIT, "v1", 2);
    for (int user = 0; user < 100; user++) {
      driver.order("user-" + user, START);
    }
    driver.settle();
    driver.hearPopulation();
    assertThat(distribution(TRAIT).profiles()).isEqualTo(100);
    assertThat(driver.census().isComplete()).isTrue();
    assertThat(driver.census().profiles()).isEqualTo(100);

    define("later", false);
    driver.serve("later", "v1", 2);
    driver.settle();
    driver.hearPopulation();

    assertThat(distribution("later").isComplete()).isTrue();
    assertThat(distribution("later").profiles()).isEqualTo(100);
    assertThat(distribution(TRAIT).profiles()).isEqualTo(100);
  }

  @Test
  void shouldWithdrawTheCensusOfATraitAndASegmentationThatAreGone() {
    define(TRAIT, false);
    driver.serve(TRAIT, "v1", 2);
    segmentation("buyers", "orders_30d >= 1.0");
    driver.order("a", START);
    driver.settle();
    driver.hearPopulation();
    assertThat(driver.population().sizes("buyers").of("yes")).isEqualTo(1);

    driver.rules().trait(TRAIT, null);
    driver.rules().segmentation("buyers", null);
    driver.pass(Duration.ofSeconds(5));
    driver.hearPopulation();

    assertThat(distribution(TRAIT).profiles()).isZero();
    assertThat(driver.population().sizes("buyers").of("yes")).isZero();
  }

  /**
   * The census against a count of what is stored, over random orders, links, erasures, new models
   * and definitions, while it is taken one profile at a time.
   */
  @Test
  void shouldBeExactWhateverHappensWhileItIsTaken() {
    driver.close();
    for (int seed = 0; seed < 12; seed++) {
      folder = folder.resolve("seed-" + seed);
      open(ONE_STEP);
      run(new Random(seed));
      driver.close();
    }
    open(ONE_STEP);
  }

  private void run(Random random) {
    define(TRAIT, false);
    driver.serve(TRAIT, "v1", 2);
    segmentation("buyers", "orders_30d >= 2.0");
    Instant time = START;
    for (int i = 0; i < 150; i++) {
      time = time.plusSeconds(random.nextInt(86_400));
      String user = "user-" + random.nextInt(15);
      String device = "device-" + random.nextInt(15);
      switch (random.nextInt(12)) {
        case 0 -> driver.link(device, user, time);
        case 1 -> driver.command(PrivacyAction.ERASE, user, "r-" + i, time);
        case 2 -> driver.command(PrivacyAction.CONSENT, user, "r-" + i, time);
        case 3 -> driver.event("order_completed", null, device, time);
        case 4 -> driver.event("order_completed", user, device, time);
        case 5 -> {
          if (i > 50 && random.nextInt(4) == 0) {
            String trait = "later-" + random.nextInt(2);
            define(trait, false);
            driver.serve(trait, "v" + i, 1 + random.nextInt(3));
          }
        }
        case 6 -> segmentation("more", "orders_30d >= " + random.nextInt(4) + ".0");
        default -> driver.order(user, time);
      }
      if (i > 40 && random.nextInt(3) == 0) {
        driver.settle();
      }
    }
    while (!driver.census().isComplete() || !driver.progress().isSwept()) {
      driver.settle();
    }
    driver.pass(Duration.ofSeconds(5));
    driver.settle();
    driver.hearPopulation();
    assertExact();
  }

  private void assertExact() {
    Map<Integer, Map<Double, Long>> values = new HashMap<>();
    Map<Integer, Map<Integer, Long>> members = new HashMap<>();
    for (Profile profile : driver.profiles()) {
      for (PublishedTrait trait : profile.traits()) {
        if (trait.modelId() != NameId.NONE) {
          values
              .computeIfAbsent(trait.traitId(), it -> new HashMap<>())
              .merge(trait.value(), 1L, Long::sum);
        }
      }
      for (PublishedSegment segment : profile.segments()) {
        members
            .computeIfAbsent(segment.segmentationId(), it -> new HashMap<>())
            .merge(segment.segmentId(), 1L, Long::sum);
      }
    }
    for (var trait : driver.rules().current().traits()) {
      Map<Double, Long> expected = values.getOrDefault(trait.id(), Map.of());
      Map<Double, Long> counted = new HashMap<>();
      Distribution distribution = distribution(trait.name());
      assertThat(distribution.isComplete()).isTrue();
      for (Distribution.Bucket bucket : distribution.buckets(1000)) {
        if (bucket.profiles() != 0) {
          expected.keySet().stream()
              .filter(it -> it >= bucket.from() && it < bucket.to())
              .forEach(it -> counted.put(it, bucket.profiles()));
        }
      }
      assertThat(counted).as(trait.name()).isEqualTo(expected);
      assertThat(distribution.profiles())
          .isEqualTo(expected.values().stream().mapToLong(it -> it).sum());
    }
    for (var segmentation : driver.rules().current().segmentations()) {
      SegmentSizes sizes = driver.population().sizes(segmentation.name());
      Map<Integer, Long> expected = members.getOrDefault(segmentation.id(), Map.of());
      assertThat(sizes.isComplete()).isTrue();
      for (String segment : segmentation.segmentNames()) {
        assertThat(sizes.of(segment))
            .as("%s of %s", segment, segmentation.name())
            .isEqualTo(expected.getOrDefault(NameId.of(segment), 0L));
      }
    }
  }

  private Distribution distribution(String trait) {
    return Objects.requireNonNull(driver.population().distribution(trait));
  }

  private void define(String trait, boolean isRanked) {
    driver
        .rules()
        .trait(
            trait,
            TraitDefinition.newBuilder()
                .setTrait(trait)
                .setTarget(new Target("order_completed", "true"))
                .setHorizonMillis(Duration.ofDays(30).toMillis())
                .setRanked(isRanked)
                .build());
  }

  private void segmentation(String name, String enter) {
    driver
        .rules()
        .segmentation(
            name,
            SegmentDefinition.newBuilder()
                .setSegmentation(name)
                .setSegments(
                    List.of(new Segment("yes", enter, null), new Segment("no", "true", null)))
                .build());
  }
}
