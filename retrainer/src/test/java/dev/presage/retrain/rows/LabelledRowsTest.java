package dev.presage.retrain.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.FeatureEngine;
import dev.presage.retrain.Histories;
import dev.presage.retrain.Histories.Entry;
import dev.presage.retrain.history.HistoryVisitor;
import dev.presage.retrain.traits.Trait;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.Failure;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Labels of traits that foretell more than that one event happens. */
class LabelledRowsTest {
  private static final Duration HORIZON = Duration.ofDays(5);
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final FeatureEngine ENGINE = Histories.engine();
  private static final List<String> TYPES =
      List.of("visited", "cart_filled", "order_completed", "declined");

  @Property(tries = 40)
  void shouldSumAndCountWhatComesWithinTheHorizon(@ForAll long seed) {
    List<Entry> log = random(seed);

    assertThatLabelsAre(
        log,
        value().setSumOf("revenue").build(),
        (asOf, later) ->
            later.stream()
                .filter(it -> it.getType().equals("order_completed"))
                .mapToDouble(it -> (double) it.getProperties().getOrDefault("revenue", 0.0))
                .sum());
    assertThatLabelsAre(
        log,
        value().build(),
        (asOf, later) ->
            later.stream().filter(it -> it.getType().equals("order_completed")).count());
  }

  @Property(tries = 40)
  void shouldSeeSeveralEventsInOrderOrNot(@ForAll long seed) {
    List<Entry> log = random(seed);
    TraitDefinition.Builder both =
        likelihood("cart_filled").setFurther(List.of(new Target("order_completed", "true")));

    assertThatLabelsAre(
        log,
        both.build(),
        (asOf, later) ->
            first(later, "cart_filled", asOf) != null
                    && first(later, "order_completed", asOf) != null
                ? 1
                : 0);
    assertThatLabelsAre(
        log,
        both.setOrdered(true).build(),
        (asOf, later) -> {
          Long cart = first(later, "cart_filled", asOf);
          return cart != null && first(later, "order_completed", cart) != null ? 1 : 0;
        });
  }

  @Property(tries = 40)
  void shouldLearnNothingFromSilenceWhereFailureIsDefined(@ForAll long seed) {
    List<Entry> log = random(seed);
    List<Target> declined = List.of(new Target("declined", "true"));

    assertThatLabelsAre(
        log,
        likelihood("order_completed").setFailure(new Failure(declined, null)).build(),
        (asOf, later) -> decided(later, asOf, Double.NaN));
    assertThatLabelsAre(
        log,
        likelihood("order_completed").setFailure(new Failure(declined, 2 * DAY)).build(),
        (asOf, later) ->
            decided(later.stream().filter(it -> time(it) <= asOf + 2 * DAY).toList(), asOf, 0));
  }

  @Test
  void shouldCountTheRowsOfWhichNothingIsKnown() {
    List<Entry> log =
        List.of(
            entry("a", "visited", 0),
            entry("a", "order_completed", 1),
            entry("b", "visited", 0),
            entry("b", "declined", 2),
            entry("c", "visited", 0),
            entry("z", "visited", 7));

    TrainingRows collected =
        collect(
            log,
            likelihood("order_completed")
                .setFailure(new Failure(List.of(new Target("declined", "true")), null))
                .build());

    Rows rows = moments(collected.rows());
    assertThat(rows.labels()).as("of a and b, at one time").containsExactlyInAnyOrder(1, 0);
    assertThat(rows.positives()).isEqualTo(1);
    assertThat(rows.positive(0)).isEqualTo(rows.label(0) == 1);
    assertThat(collected.labelledProfiles()).isEqualTo(2);
    assertThat(collected.censoredRows())
        .as("c, a and b once they are through, and a at the calendar's cut")
        .isEqualTo(4);
  }

  @Test
  void shouldForetellThatNothingHappens() {
    List<Entry> log =
        List.of(
            entry("a", "visited", 0), entry("a", "order_completed", 1), entry("z", "visited", 9));

    assertThat(
            moments(collect(log, likelihood("order_completed").setAbsent(true).build()).rows())
                .labels())
        .containsExactly(0, 1);
  }

  private static double decided(List<Event> later, long asOf, double silent) {
    Long order = first(later, "order_completed", asOf);
    Long declined = first(later, "declined", asOf);
    if (order != null && (declined == null || order <= declined)) {
      return 1;
    }
    return declined != null ? 0 : silent;
  }

  /** Compares rows, and what served scores are judged by, with a search through the log. */
  private static void assertThatLabelsAre(
      List<Entry> log, TraitDefinition definition, ToDoubleBiFunction<Long, List<Event>> naive) {
    Trait trait = Trait.compile(definition, ENGINE);
    Outcomes outcomes = new Outcomes(trait, Long.MIN_VALUE, Long.MAX_VALUE);
    log.forEach(it -> outcomes.add(it.profileId(), it.logged()));
    long newest = log.stream().mapToLong(it -> time(it.event())).max().orElse(0);
    List<String> expected = new ArrayList<>();
    for (Entry entry : log) {
      long asOf = time(entry.event());
      List<Event> later =
          log.stream()
              .filter(it -> it.profileId().equals(entry.profileId()))
              .map(Entry::event)
              .filter(it -> time(it) > asOf && time(it) <= asOf + HORIZON.toMillis())
              .toList();
      double label = naive.applyAsDouble(asOf, later);
      assertThat(outcomes.of(entry.profileId()).label(trait, asOf))
          .isEqualTo(Double.valueOf(label));
      if (asOf + HORIZON.toMillis() <= newest && !Double.isNaN(label)) {
        expected.add(asOf + " " + label);
      }
    }

    Rows rows = moments(collect(log, definition).rows());

    assertThat(IntStream.range(0, rows.size()).mapToObj(it -> rows.asOf(it) + " " + rows.label(it)))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static @Nullable Long first(List<Event> events, String type, long after) {
    return events.stream()
        .filter(it -> it.getType().equals(type) && time(it) > after)
        .map(LabelledRowsTest::time)
        .min(Long::compare)
        .orElse(null);
  }

  private static long time(Event event) {
    return event.getOccurredAt().toEpochMilli();
  }

  private static TraitDefinition.Builder likelihood(String type) {
    return TraitDefinition.newBuilder()
        .setTrait("t")
        .setTarget(new Target(type, "true"))
        .setHorizonMillis(HORIZON.toMillis());
  }

  private static TraitDefinition.Builder value() {
    return likelihood("order_completed").setKind(TraitKind.VALUE);
  }

  private static Entry entry(String profile, String type, int day) {
    return new Entry(profile, Histories.event(profile + type + day, type, Duration.ofDays(day)));
  }

  /** In order; often several at one time, and with amounts whose sum rounds in no order. */
  private static List<Entry> random(long seed) {
    Random random = new Random(seed);
    List<Entry> log = new ArrayList<>();
    Duration time = Duration.ZERO;
    for (int i = 0; i < 80; i++) {
      time = time.plusHours(random.nextInt(3) == 0 ? 0 : random.nextInt(30));
      Map<String, Object> properties =
          random.nextInt(4) == 0 ? Map.of() : Map.of("revenue", random.nextInt(100) / 4.0);
      log.add(
          new Entry(
              "profile-" + random.nextInt(4),
              Histories.event("e-" + i, TYPES.get(random.nextInt(4)), time, properties)));
    }
    return log;
  }

  private static Rows moments(Rows rows) {
    return rows.where(row -> rows.kind(row) == RowKind.MOMENT);
  }

  private static TrainingRows collect(List<Entry> log, TraitDefinition definition) {
    RowCollector collector =
        new RowCollector(ENGINE, Trait.compile(definition, ENGINE), RowPlan.standard());
    Histories.of(Histories.partitioned(log, 3))
        .replay(
            new HistoryVisitor() {
              @Override
              public void record(String profileId, ProfileLogRecord entry) {
                collector.apply(profileId, entry);
              }

              @Override
              public void endPartition() {
                collector.endPartition();
              }

              @Override
              public void progress(long read, long all) {}
            });
    return collector.finish();
  }
}
