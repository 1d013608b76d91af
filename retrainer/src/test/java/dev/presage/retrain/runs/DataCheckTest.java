package dev.presage.retrain.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.FeatureDeclarations;
import dev.presage.features.FeatureEngine;
import dev.presage.retrain.Histories;
import dev.presage.retrain.Histories.Entry;
import dev.presage.retrain.PlantedShop;
import dev.presage.retrain.rows.RowPlan;
import dev.presage.retrain.split.TimeSplit;
import dev.presage.retrain.traits.Trait;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitKind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DataCheckTest {
  private static final Duration HORIZON = Duration.ofDays(14);
  private static final TraitDefinition TRAIT = Histories.orders("orders-again", "true", HORIZON);
  private static final List<Entry> LOG = PlantedShop.history();

  @Test
  void shouldFindEnoughWhereARunWould() {
    DataReport report = check(Histories.engine(), LOG, TRAIT);

    assertThat(report.isEnough()).as(report.needs().toString()).isTrue();
    assertThat(report.missing()).isEmpty();
    assertThat(report.expectedAt()).isEmpty();
    assertThat(report.eligibleProfiles()).isEqualTo(300);
    assertThat(report.events()).isEqualTo(LOG.size());
    assertThat(report.positives()).isBetween(1_000L, report.rows());
    assertThat(report.until()).isEqualTo(PlantedShop.newest(LOG));
    assertThat(report.needs())
        .extracting(DataNeed::what)
        .containsExactly(
            "days of history",
            "eligible profiles",
            "positives to fit on",
            "negatives to fit on",
            "positives to choose parameters by",
            "negatives to choose parameters by",
            "positives to judge by",
            "negatives to judge by",
            "features with a signal");
    assertThat(report.signals()).isNotEmpty().noneMatch(FeatureSignal::isSuspect);
  }

  /** All amounts may be above 0. */
  @Test
  void shouldAskOfAValueForNoNegatives() {
    TraitDefinition value =
        TraitDefinition.newBuilder(TRAIT).setKind(TraitKind.VALUE).setSumOf("revenue").build();

    assertThat(check(Histories.engine(), LOG, value).needs())
        .extracting(DataNeed::what)
        .contains("rows above 0 to judge by")
        .noneMatch(it -> it.startsWith("negatives"));
  }

  @Test
  void shouldSayWhenThereWillBeEnoughAtThisRate() {
    List<Entry> some = LOG.stream().filter(it -> it.profileId().endsWith("0")).toList();
    DataReport early = check(Histories.engine(), until(some, 45), TRAIT);

    assertThat(early.isEnough()).isFalse();
    Instant expectedAt = early.expectedAt().orElseThrow();
    assertThat(expectedAt).isAfter(early.until());
    double factor = 1.5;
    long days = Duration.between(Histories.START, expectedAt).toDays();
    assertThat(days).as("the shop plays 200 days").isBetween(46L, 130L);
    assertThat(check(Histories.engine(), until(some, (int) (days * factor)), TRAIT).isEnough())
        .isTrue();
  }

  @Test
  void shouldCountDaysBeforeAnyHorizonIsOver() {
    DataReport report = check(Histories.engine(), until(LOG, 10), TRAIT);

    assertThat(report.rows()).isZero();
    DataNeed days = report.needs().getFirst();
    assertThat(days.found()).isBetween(9.5, 10.0);
    assertThat(days.expectedAt())
        .isBetween(
            Histories.START.plus(Duration.ofDays(53)), Histories.START.plus(Duration.ofDays(54)));
    assertThat(report.expectedAt()).as("of the rest nothing is known yet").isEmpty();
  }

  @Test
  void shouldNotPromiseWhatNeverHappens() {
    TraitDefinition never =
        TraitDefinition.newBuilder(TRAIT).setTarget(new Target("order_returned", "true")).build();

    DataReport report = check(Histories.engine(), LOG, never);

    assertThat(report.isEnough()).isFalse();
    assertThat(report.positives()).isZero();
    assertThat(report.expectedAt()).isEmpty();
    assertThat(report.missing())
        .extracting(DataNeed::what)
        .containsExactly(
            "positives to fit on",
            "positives to choose parameters by",
            "positives to judge by",
            "features with a signal");
  }

  @Test
  void shouldSayThatThereIsNothingInAnEmptyHistory() {
    DataReport report = check(Histories.engine(), List.of(), TRAIT);

    assertThat(report.isEnough()).isFalse();
    assertThat(report.from()).isNull();
    assertThat(report.needs()).noneMatch(DataNeed::isMet);
    assertThat(report.expectedAt()).isEmpty();
  }

  /** Whoever writes it into an event later than it happened makes the past know the future. */
  @Test
  void shouldSuspectAFeatureThatKnowsTheFuture() {
    FeatureEngine engine =
        new FeatureEngine(
            FeatureDeclarations.parse(
                Histories.FEATURES.replace(
                        "features:", "  leak: {event: visited, property: orders_soon}\nfeatures:")
                    + "  knows_the_future: {aggregate: last, series: leak, window: lifetime}\n",
                "test"));
    TraitDefinition afterVisits =
        TraitDefinition.newBuilder(TRAIT).setEligibility("days_since_last_visit <= 0").build();

    DataReport report = check(engine, leaking(), afterVisits);

    assertThat(report.signals().getFirst())
        .satisfies(
            it -> {
              assertThat(it.feature()).isEqualTo("knows_the_future");
              assertThat(it.auc()).isEqualTo(1);
              assertThat(it.isSuspect()).isTrue();
            });
    assertThat(report.signals().stream().skip(1)).isNotEmpty().noneMatch(FeatureSignal::isSuspect);
  }

  @Property
  void shouldForecastTheHourAtWhichThereIsEnough(
      @ForAll @IntRange(min = 1, max = 400) int days,
      @ForAll @IntRange(min = 1, max = 20) int needed,
      @ForAll @IntRange(min = 1, max = 30) int tenthsADay) {
    long day = Duration.ofDays(1).toMillis();
    DataForecast forecast = new DataForecast(0, days * day, HORIZON.toMillis());
    double rate = tenthsADay / 10.0 / day;
    ToLongFunction<TimeSplit> judged = it -> it.evaluationUntil() - it.evaluationFrom();

    Instant when = forecast.when(0, needed, rate, judged);

    assertThat(when).isNotNull();
    assertThat(rate * judged.applyAsLong(split(when))).isGreaterThanOrEqualTo(needed);
    if (when.toEpochMilli() > days * day + Duration.ofHours(2).toMillis()) {
      assertThat(rate * judged.applyAsLong(split(when.minus(Duration.ofHours(2)))))
          .isLessThan(needed);
    }
    assertThat(forecast.when(needed, needed, rate, judged)).isNull();
    assertThat(forecast.when(0, needed, 0, judged)).isNull();
  }

  private static TimeSplit split(Instant end) {
    return TimeSplit.of(0, end.toEpochMilli(), HORIZON.toMillis());
  }

  private static List<Entry> until(List<Entry> log, int days) {
    Instant end = Histories.START.plus(Duration.ofDays(days));
    return log.stream().filter(it -> it.event().getOccurredAt().isBefore(end)).toList();
  }

  private static List<Entry> leaking() {
    Map<String, Instant> nextOrder = new HashMap<>();
    return LOG.reversed().stream()
        .map(
            it -> {
              Event event = it.event();
              Instant order = nextOrder.get(it.profileId());
              if (event.getType().equals("order_completed")) {
                nextOrder.put(it.profileId(), event.getOccurredAt());
                return it;
              }
              boolean isSoon = order != null && !order.isAfter(event.getOccurredAt().plus(HORIZON));
              return new Entry(
                  it.profileId(),
                  Event.newBuilder(event)
                      .setProperties(Map.of("orders_soon", isSoon ? 1.0 : 0.0))
                      .build());
            })
        .toList()
        .reversed();
  }

  private static DataReport check(
      FeatureEngine engine, List<Entry> log, TraitDefinition definition) {
    return new DataCheck(engine, Histories.of(Histories.partitioned(log, 3)), RowPlan.standard())
        .check(Trait.compile(definition, engine));
  }
}
