package dev.presage.retrain.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.retrain.schedule.Occasion.Kind;
import dev.presage.retrain.schedule.Watched.Drift;
import dev.presage.retrain.schedule.Watched.Live;
import dev.presage.retrain.schedule.Watched.Quality;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Cadence EVERY_TEN_DAYS =
      new Cadence(DAY, DAY.multipliedBy(60), DAY.multipliedBy(10));
  private static final Instant TRAINED = Instant.parse("2026-01-01T00:00:00Z");

  private final Schedule schedule = new Schedule(SchedulePolicy.STANDARD);

  @Test
  void shouldTrainWhatHasNoModelAndWasNeverTried() {
    assertThat(schedule.due(new Watched(null, EVERY_TEN_DAYS, null), TRAINED))
        .hasValue(new Occasion(Kind.FIRST, "it has no model yet"));
  }

  @Test
  void shouldLeaveAModelAloneThatSomebodyBroughtIn() {
    assertThat(schedule.due(new Watched(null, EVERY_TEN_DAYS, live(null, null)), TRAINED))
        .isEmpty();
  }

  @Test
  void shouldTrainWhenTheCadenceIsOver() {
    assertThat(due(10, live(null, null)))
        .hasValue(
            new Occasion(
                Kind.TIME, "10.0 days have passed since it was trained, its cadence is 10.0 days"));
    assertThat(due(9.9, live(null, null))).isEmpty();
  }

  @Test
  void shouldTryAgainByTheCadenceWhereNoModelCameOfIt() {
    assertThat(due(9.9, null)).isEmpty();
    assertThat(due(10, null)).map(Occasion::kind).hasValue(Kind.TIME);
  }

  @Test
  void shouldTrainAtOnceWhereDriftIsSevere() {
    Drift drift = new Drift(1_000, 0.05, Map.of("orders_30d", 0.26, "revenue_30d", 0.1));

    assertThat(due(1, live(drift, null)))
        .hasValue(
            new Occasion(
                Kind.DRIFT,
                "the population stability index of feature orders_30d is 0.260 over 1,000 examples;"
                    + " it is severe from 0.25"));
  }

  @Test
  void shouldTrainAfterHalfOfTheCadenceWhereDriftIsModerate() {
    Drift drift = new Drift(1_000, 0.1, Map.of("orders_30d", 0.05));

    assertThat(due(4.9, live(drift, null))).isEmpty();
    assertThat(due(5, live(drift, null)))
        .hasValue(
            new Occasion(
                Kind.DRIFT,
                "the population stability index of its scores is 0.100 over 1,000 examples;"
                    + " it is moderate from 0.1"));
  }

  @Test
  void shouldNotBelieveFewExamples() {
    assertThat(due(5, live(new Drift(999, 3, Map.of()), new Quality(999, 0.9, 0.5)))).isEmpty();
  }

  @Test
  void shouldTrainWhereTheLossInServiceIsAboveItsInterval() {
    assertThat(due(1, live(null, new Quality(2_000, 0.56, 0.55))))
        .hasValue(
            new Occasion(
                Kind.QUALITY,
                "its loss in service is 0.5600 over 2,000 labelled examples; on held-out rows it was"
                    + " at most 0.5500"));
    assertThat(due(1, live(null, new Quality(2_000, 0.55, 0.55)))).isEmpty();
  }

  @Test
  void shouldTrainWhereThereIsMuchThatIsNew() {
    assertThat(due(1, new Live(1_000, 1_500, null, null)))
        .hasValue(
            new Occasion(
                Kind.VOLUME, "the history is 50% longer than the one that it was trained on"));
    assertThat(due(1, new Live(1_000, 1_499, null, null))).isEmpty();
  }

  @Test
  void shouldWaitForTheShortestCadenceInAnyCase() {
    Live bad = new Live(1_000, 9_000, new Drift(5_000, 1, Map.of()), new Quality(5_000, 0.9, 0.5));

    assertThat(due(0.99, bad)).isEmpty();
    assertThat(due(1, bad)).map(Occasion::kind).as("the most urgent").hasValue(Kind.QUALITY);
  }

  @Test
  void shouldSayWhyAModelIsWorseThanItShouldBe() {
    Drift moderate = new Drift(1_000, 0.24, Map.of());
    Drift severe = new Drift(1_000, 0.25, Map.of());
    Quality good = new Quality(2_000, 0.5, 0.55);
    Quality bad = new Quality(2_000, 0.56, 0.55);

    assertThat(degraded(live(moderate, good))).isEmpty();
    assertThat(degraded(live(severe, good)))
        .hasValueSatisfying(it -> assertThat(it).contains("its scores is 0.250"));
    assertThat(degraded(live(severe, bad)))
        .hasValueSatisfying(it -> assertThat(it).contains("loss in service is 0.5600"));
    assertThat(degraded(null)).isEmpty();
  }

  private Optional<String> degraded(@Nullable Live live) {
    return schedule.degraded(new Watched(TRAINED, EVERY_TEN_DAYS, live));
  }

  private Optional<Occasion> due(double days, @Nullable Live live) {
    Instant now = TRAINED.plusMillis(Math.round(days * DAY.toMillis()));
    return schedule.due(new Watched(TRAINED, EVERY_TEN_DAYS, live), now);
  }

  private static Live live(@Nullable Drift drift, @Nullable Quality quality) {
    return new Live(1_000, 1_000, drift, quality);
  }
}
