package dev.presage.scoring;

import static dev.presage.scoring.TestItems.ITEM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.presage.features.FeatureDeclarations;
import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.DateReached;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.Trigger;
import dev.presage.schemas.avro.TriggerDefinition;
import dev.presage.schemas.avro.TriggerOccasion;
import dev.presage.scoring.ingest.IngestSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.streams.TestOutputTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Triggers on a date of a profile: when they go off, and that it depends on nothing else. */
class DateTriggerTopologyTest {
  private static final Instant START = Instant.parse("2011-09-01T10:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String SOON = "expires-soon";
  private static final String CLOCK = "another";

  @Test
  void shouldGoOffBeforeTheDateWithoutAnEvent(@TempDir Path folder) {
    try (Run run = new Run(folder, -7)) {
      run.list("p-1", START, START.plus(DAY.multipliedBy(40)));

      run.sell(CLOCK, START.plus(DAY.multipliedBy(33)));
      run.driver.settle();
      assertThat(run.sent()).as("that moment is not over").isEmpty();
      run.sell(CLOCK, START.plus(DAY.multipliedBy(33)).plusMillis(1));
      run.driver.settle();

      assertThat(run.sent())
          .singleElement()
          .satisfies(
              it -> {
                assertThat(it.getCanonicalId()).isEqualTo("p-1");
                assertThat(it.getEntityType()).isEqualTo("item");
                assertThat(it.getSubject()).isNull();
                assertThat(it.getAsOf()).isEqualTo(START.plus(DAY.multipliedBy(33)));
                assertThat(it.getCause()).isEqualTo(Cause.SILENCE);
                assertThat(it.getEventId()).isNull();
                assertThat(it.getReason()).isEqualTo("7d before expires_at, 2011-10-11T10:00:00Z");
              });
      run.sell("p-1", START.plus(DAY.multipliedBy(50)));
      run.driver.settle();
      assertThat(run.sent()).as("once").isEmpty();
    }
  }

  @Test
  void shouldGoOffAtItsTimeWhereTheNextEventComesFirst(@TempDir Path folder) {
    try (Run run = new Run(folder, 2)) {
      run.list("p-1", START, START.plus(DAY.multipliedBy(10)));

      run.sell("p-1", START.plus(DAY.multipliedBy(50)));

      assertThat(run.sent())
          .extracting(Trigger::getAsOf, Trigger::getCause, Trigger::getReason)
          .containsExactly(
              tuple(
                  START.plus(DAY.multipliedBy(12)),
                  Cause.SILENCE,
                  "2d after expires_at, 2011-09-11T10:00:00Z"));
    }
  }

  @Test
  void shouldGoOffWithAnEventOfThatVeryMoment(@TempDir Path folder) {
    try (Run run = new Run(folder, 0)) {
      run.list("p-1", START, START.plus(DAY));

      run.sell("p-1", START.plus(DAY));

      assertThat(run.sent())
          .extracting(Trigger::getAsOf, Trigger::getCause, Trigger::getReason)
          .containsExactly(
              tuple(START.plus(DAY), Cause.EVENT, "at expires_at, 2011-09-02T10:00:00Z"));
    }
  }

  @Test
  void shouldFollowADateThatIsMoved(@TempDir Path folder) {
    try (Run run = new Run(folder, 0)) {
      run.list("later", START, START.plus(DAY.multipliedBy(10)));
      run.list("past", START, START.plus(DAY.multipliedBy(10)));
      run.list("later", START.plus(DAY), START.plus(DAY.multipliedBy(20)));
      run.list("past", START.plus(DAY.multipliedBy(5)), START.plus(DAY.multipliedBy(4)));

      run.sell(CLOCK, START.plus(DAY.multipliedBy(15)));
      run.driver.settle();
      assertThat(run.sent()).as("one is later, the other was over when it came").isEmpty();
      run.sell(CLOCK, START.plus(DAY.multipliedBy(30)));
      run.driver.settle();

      assertThat(run.sent())
          .extracting(Trigger::getCanonicalId, Trigger::getAsOf)
          .containsExactly(tuple("later", START.plus(DAY.multipliedBy(20))));
    }
  }

  @Test
  void shouldAskTheAudienceAtThatMoment(@TempDir Path folder) {
    try (Run run = new Run(folder, 0)) {
      run.define(definition(0).setAudience("sales_7d >= 1.0"));
      run.list("sold", START, START.plus(DAY.multipliedBy(10)));
      run.list("left", START, START.plus(DAY.multipliedBy(10)));
      run.sell("left", START.plus(DAY));
      run.sell("sold", START.plus(DAY.multipliedBy(6)));

      run.sell(CLOCK, START.plus(DAY.multipliedBy(15)));
      run.driver.settle();

      assertThat(run.sent()).extracting(Trigger::getCanonicalId).containsExactly("sold");
    }
  }

  @Test
  void shouldArmTimersForADefinitionThatComesLater(@TempDir Path folder) {
    try (Run run = new Run(folder, 0)) {
      run.driver.books().trigger(SOON, null);
      run.list("p-1", START, START.plus(DAY.multipliedBy(10)));
      run.list("over", START, START.plus(DAY));
      run.sell(CLOCK, START.plus(DAY.multipliedBy(5)));
      run.driver.settle();

      run.define(definition(0));
      run.driver.settle();
      run.sell(CLOCK, START.plus(DAY.multipliedBy(10)).plusMillis(1));
      run.driver.settle();

      assertThat(run.sent())
          .as("what was over when the definition came does not go off")
          .extracting(Trigger::getCanonicalId, Trigger::getAsOf)
          .containsExactly(tuple("p-1", START.plus(DAY.multipliedBy(10))));
    }
  }

  @Test
  void shouldPassOverWhatIsNoTime(@TempDir Path folder) {
    try (Run run = new Run(folder, 7)) {
      run.list("never", START, Instant.parse("2262-01-01T00:00:00Z"));
      run.list("before-time", START, Instant.parse("1960-01-01T00:00:00Z"));
      run.list("endless", START, Double.MAX_VALUE);

      run.sell(CLOCK, START.plus(DAY.multipliedBy(400)));
      run.driver.settle();

      assertThat(run.sent()).isEmpty();
    }
  }

  @Test
  void shouldRefuseADateThatIsNoFeature(@TempDir Path folder) {
    try (Run run = new Run(folder, 0)) {
      var decisions =
          run.driver
              .books()
              .trigger(
                  "wrong",
                  TriggerDefinition.newBuilder(definition(0).build())
                      .setTrigger("wrong")
                      .setOn(
                          new TriggerOccasion(
                              null, null, null, new DateReached("expires", DAY.toMillis() * 4000)))
                      .build());

      assertThat(decisions.getFirst().problems())
          .containsExactly(
              "on.date: there is no feature expires; there are expires_at, sales_7d, takings_lifetime",
              "on.date: offsetMillis is 345600000000; expected -315360000000 to 315360000000 (3650"
                  + " days)");
    }
  }

  @Test
  void shouldGoOffForACustomerWhoAbsorbsADeviceAtThatVeryMoment(@TempDir Path folder) {
    FeatureDeclarations declarations =
        FeatureDeclarations.parse(
            """
            series:
              renewal: {event: subscribed, property: renews_at, retention: 400d}
            features:
              renews_at: {aggregate: last, series: renewal, window: lifetime}
            """,
            "customers");
    Instant renewal = START.plus(DAY.multipliedBy(10));
    try (ScoringDriver driver =
        new ScoringDriver(
            folder, ScoringDriver.PATIENT, IngestSource.EVENTS, declarations, Map.of())) {
      var triggers = driver.output(driver.topics().triggers(), Trigger.class);
      driver
          .books()
          .trigger(
              "renewal",
              TriggerDefinition.newBuilder()
                  .setTrigger("renewal")
                  .setOn(new TriggerOccasion(null, null, null, new DateReached("renews_at", 0L)))
                  .build());
      driver.send(
          new Event(
              "e-1",
              "subscribed",
              START,
              "u-1",
              null,
              Map.of("renews_at", renewal.toEpochMilli())));
      driver.send(new Event("e-2", "visited", renewal, null, "device", Map.of()));
      assertThat(triggers.isEmpty()).isTrue();

      driver.link("device", "u-1", renewal);

      assertThat(triggers.readValuesToList())
          .extracting(Trigger::getCanonicalId, Trigger::getCause, Trigger::getAsOf)
          .containsExactly(tuple("u-1", Cause.MERGE, renewal));
    }
  }

  @Test
  void shouldNotRunAfterAFeatureThatRunsWithTime(@TempDir Path folder) {
    FeatureDeclarations declarations =
        FeatureDeclarations.parse(
            """
            series:
              visits: {event: visited, retention: 400d}
            features:
              days_since_visit: {aggregate: time_since_last, series: visits, window: lifetime}
              in_an_hour: {expression: '%d.0 + days_since_visit * 86400000.0 + 3600000.0'}
            """
                .formatted(START.toEpochMilli()),
            "customers");
    try (ScoringDriver driver =
        new ScoringDriver(
            folder, ScoringDriver.PATIENT, IngestSource.EVENTS, declarations, Map.of())) {
      TriggerDefinition never =
          TriggerDefinition.newBuilder()
              .setTrigger("never")
              .setOn(new TriggerOccasion(null, null, null, new DateReached("in_an_hour", 0L)))
              .build();
      assertThat(driver.books().trigger("never", never).getFirst().problems()).isEmpty();
      driver.send(new Event("e-1", "visited", START, "u-1", null, Map.of()));

      driver.send(
          new Event("e-2", "visited", START.plus(DAY.multipliedBy(95)), "u-2", null, Map.of()));
      driver.settle();

      assertThat(driver.output(driver.topics().triggers(), Trigger.class).isEmpty()).isTrue();
      assertThat(driver.profile("u-1").asOfMillis())
          .as("the last rung, and no hour after it")
          .isEqualTo(START.plus(DAY.multipliedBy(90)).toEpochMilli());
    }
  }

  /** One listing or sale; hours after the start. */
  record Step(String item, boolean isListing, int expiresInHours, int after, boolean settles) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Step> step =
        Combinators.combine(
                Arbitraries.of("p-1", "p-2"),
                Arbitraries.of(true, false),
                Arbitraries.integers().between(-10, 60),
                Arbitraries.integers().between(1, 30),
                Arbitraries.of(true, false))
            .as(Step::new);
    return step.list().ofMinSize(1).ofMaxSize(14);
  }

  @Property(tries = 15)
  void shouldGoOffOnceForEachListingWhoseDateIsReached(
      @ForAll("steps") List<Step> steps, @ForAll("offsets") int offsetHours) {
    List<String> expected = naive(steps, offsetHours);

    List<String> live = play(steps, offsetHours, true);
    List<String> replay = play(steps, offsetHours, false);

    assertThat(live.stream().map(it -> it.substring(33)))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(replay).as("the same IDs without timers").containsExactlyElementsOf(live);
  }

  @Provide
  Arbitrary<Integer> offsets() {
    return Arbitraries.of(-5, 0, 3);
  }

  /** By hand: a date goes off at its hour, unless the next listing has come by then. */
  private static List<String> naive(List<Step> steps, int offsetHours) {
    List<String> due = new ArrayList<>();
    int hour = 0;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      hour += step.after();
      if (step.isListing()) {
        int goesOff = hour + step.expiresInHours() + offsetHours;
        int until = hour;
        int movedAt = Integer.MAX_VALUE;
        for (int j = i + 1; j < steps.size() && movedAt == Integer.MAX_VALUE; j++) {
          until += steps.get(j).after();
          Step next = steps.get(j);
          if (next.isListing() && next.item().equals(step.item())) {
            movedAt = until;
          }
        }
        if (goesOff >= hour && goesOff < movedAt) {
          due.add(step.item() + " " + START.plus(HOUR.multipliedBy(goesOff)));
        }
      }
    }
    return due;
  }

  private static List<String> play(List<Step> steps, int offsetHours, boolean isLive) {
    Path folder = temporary();
    try (Run run = new Run(folder, 0)) {
      TriggerDefinition.Builder definition = definition(0);
      definition.setOn(
          new TriggerOccasion(
              null,
              null,
              null,
              new DateReached("expires_at", HOUR.multipliedBy(offsetHours).toMillis())));
      run.define(definition);
      Instant time = START;
      for (Step step : steps) {
        time = time.plus(HOUR.multipliedBy(step.after()));
        if (step.isListing()) {
          run.list(step.item(), time, time.plus(HOUR.multipliedBy(step.expiresInHours())));
        } else {
          run.sell(step.item(), time);
        }
        if (isLive && step.settles()) {
          run.driver.settle();
        }
      }
      run.sell(CLOCK, time.plus(DAY.multipliedBy(100)));
      run.driver.settle();
      return new TreeSet<>(
              run.sent().stream()
                  .map(it -> it.getTriggerId() + " " + it.getCanonicalId() + " " + it.getAsOf())
                  .toList())
          .stream().toList();
    }
  }

  private static Path temporary() {
    try {
      Path folder = Files.createTempDirectory("dates");
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TriggerDefinition.Builder definition(int offsetDays) {
    return TriggerDefinition.newBuilder()
        .setTrigger(SOON)
        .setEntityType("item")
        .setLatenessMillis(DAY.multipliedBy(3_000).toMillis())
        .setOn(
            new TriggerOccasion(
                null,
                null,
                null,
                new DateReached("expires_at", DAY.multipliedBy(offsetDays).toMillis())));
  }

  /** Items with a trigger on their expiry. */
  private static final class Run implements AutoCloseable {
    private final ScoringDriver driver;
    private final TestOutputTopic<String, Trigger> triggers;
    private int events;

    Run(Path folder, int offsetDays) {
      driver =
          new ScoringDriver(
              folder,
              ScoringDriver.PATIENT,
              IngestSource.EVENTS,
              Map.of(ITEM, TestItems.declarations()));
      triggers = driver.output(driver.topics().triggers(), Trigger.class);
      define(definition(offsetDays));
    }

    void define(TriggerDefinition.Builder definition) {
      assertThat(
              driver
                  .books()
                  .trigger(definition.getTrigger(), definition.build())
                  .getFirst()
                  .problems())
          .isEmpty();
    }

    void list(String item, Instant time, Instant expiry) {
      list(item, time, (double) expiry.toEpochMilli());
    }

    void list(String item, Instant time, double expiry) {
      send("item_listed", time, Map.of("productId", item, "expires_at", expiry));
    }

    void sell(String item, Instant time) {
      send("order_completed", time, Map.of("productId", item, "revenue", 12.5));
    }

    private void send(String type, Instant time, Map<String, Object> properties) {
      events++;
      driver.send(new Event("e-" + events, type, time, null, null, properties));
    }

    List<Trigger> sent() {
      return triggers.readValuesToList();
    }

    @Override
    public void close() {
      driver.close();
    }
  }
}
