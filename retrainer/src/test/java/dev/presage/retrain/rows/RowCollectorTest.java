package dev.presage.retrain.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.ApplyOutcome;
import dev.presage.features.FeatureEngine;
import dev.presage.features.ProfileState;
import dev.presage.retrain.Histories;
import dev.presage.retrain.Histories.Entry;
import dev.presage.retrain.PlantedShop;
import dev.presage.retrain.history.HistoryVisitor;
import dev.presage.retrain.traits.Trait;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.ProfileLogRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Point 10 of the semantics, parity, without identities; and how rows are labelled. */
class RowCollectorTest {
  private static final RowPlan PLAN = new RowPlan(Duration.ofDays(7), 100_000);
  private static final Duration HORIZON = Duration.ofDays(10);
  private static final FeatureEngine ENGINE = Histories.engine();

  /** Rows that are passed over without a vector are those that would be dropped. */
  @Test
  void shouldKeepTheSameSampleWhetherAnybodyHasToLookAtTheVectorsOrNot() {
    RowPlan few = new RowPlan(Duration.ofDays(7), 700);
    List<Entry> log = PlantedShop.history();

    TrainingRows all = collect(log, "true", few, 3);
    TrainingRows looked = collect(log, "orders_lifetime >= 0", few, 3);

    assertThat(all.momentRows()).isEqualTo(looked.momentRows()).isGreaterThan(10_000);
    assertThat(all.calendarRows()).isEqualTo(looked.calendarRows());
    assertThat(all.rows().size()).isEqualTo(looked.rows().size());
    assertThat(IntStream.range(0, all.rows().size()))
        .allMatch(row -> all.rows().asOf(row) == looked.rows().asOf(row))
        .allMatch(row -> Arrays.equals(all.rows().vector(row), looked.rows().vector(row)));
  }

  @Test
  void shouldServeTheSameVectorsAsTheStreamAtEventMoments() {
    List<Entry> log = randomLog(3, 40, 3_000);
    Set<String> served = new TreeSet<>();
    Map<String, ProfileState> states = new HashMap<>();
    double[] vector = new double[ENGINE.schema().size()];
    for (Entry entry : log) {
      ProfileState state = states.computeIfAbsent(entry.profileId(), id -> ENGINE.newState());
      if (ApplyOutcome.APPLIED.equals(ENGINE.apply(state, entry.event()))) {
        ENGINE.vector(state, state.newestEventMillis(), vector);
        served.add(state.newestEventMillis() + bits(vector));
      }
    }

    Rows rows = moments(collect(log, "true", PLAN, 1).rows());

    assertThat(rows.size()).isGreaterThan(2_000);
    for (int row = 0; row < rows.size(); row++) {
      assertThat(served).contains(rows.asOf(row) + bits(rows.vector(row)));
    }
  }

  @Test
  void shouldPassOverEventsAtTimesThatCannotBe() {
    List<Entry> log = randomLog(3, 5, 200);
    List<Entry> withImpossible = new ArrayList<>(log);
    for (String time : List.of("0001-01-01T00:00:00Z", "9999-12-31T00:00:00Z")) {
      Duration after = Duration.between(Histories.START, Instant.parse(time));
      Event impossible = Histories.event("never", "order_completed", after);
      withImpossible.add(100, new Entry("profile-0", impossible));
      withImpossible.addFirst(new Entry("profile-1", impossible));
    }

    assertThat(vectorsUntil(collect(withImpossible, "true", PLAN, 1).rows(), Long.MAX_VALUE))
        .isEqualTo(vectorsUntil(collect(log, "true", PLAN, 1).rows(), Long.MAX_VALUE));
  }

  @Test
  void shouldNotChangeAnyVectorWhenSomethingHappensLater() {
    List<Entry> log = randomLog(5, 20, 2_000);
    List<Entry> earlier = log.subList(0, 1_200);
    long known = earlier.getLast().event().getOccurredAt().toEpochMilli();
    List<Entry> planted = new ArrayList<>(earlier);
    for (int profile = 0; profile < 20; profile++) {
      for (int i = 0; i < 30; i++) {
        planted.add(
            new Entry(
                "profile-" + profile,
                Histories.event(
                    "planted-" + profile + "-" + i,
                    "order_completed",
                    Duration.ofMillis(known - Histories.START.toEpochMilli())
                        .plus(Duration.ofHours(1 + i)),
                    Map.of("revenue", 1e6))));
      }
    }

    assertThat(vectorsUntil(collect(planted, "true", PLAN, 1).rows(), known))
        .containsAll(
            vectorsUntil(collect(earlier, "true", PLAN, 1).rows(), known - HORIZON.toMillis()));
    assertThat(vectorsUntil(collect(planted, "true", PLAN, 1).rows(), known))
        .isNotEmpty()
        .noneMatch(it -> it.contains("1.0E6"));
  }

  @Test
  void shouldLabelByWhatHappensWithinTheHorizonAfterTheRow() {
    List<Entry> log =
        List.of(
            entry("a", "order_completed", 0),
            entry("a", "order_completed", 10),
            entry("a", "order_completed", 21),
            entry("b", "visited", 60));

    Rows rows = moments(collect(log, "true", PLAN, 1).rows());

    assertThat(rows.size()).isEqualTo(3);
    assertThat(rows.outcomes()).containsExactly(true, false, false);
  }

  @Test
  void shouldLeaveOutRowsWhoseHorizonIsNotOver() {
    List<Entry> log =
        List.of(
            entry("a", "visited", 0), entry("a", "visited", 20), entry("a", "order_completed", 29));

    TrainingRows collected = collect(log, "true", PLAN, 1);

    assertThat(moments(collected.rows()).size()).isEqualTo(1);
    assertThat(collected.momentRows()).isEqualTo(3);
    assertThat(collected.openRows()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void shouldBuildCalendarRowsFromWhatWasKnownAtTheCutTime() {
    List<Entry> log =
        List.of(
            entry("a", "order_completed", 0),
            entry("a", "order_completed", 30),
            entry("b", "order_completed", 1),
            entry("b", "order_completed", 2),
            entry("b", "order_completed", 90));

    Rows rows = collect(log, "true", PLAN, 1).rows();
    Rows calendar = rows.where(row -> rows.kind(row) == RowKind.CALENDAR);

    assertThat(calendar.size()).isPositive();
    int lifetime = ENGINE.schema().names().indexOf("orders_lifetime");
    long day30 = Histories.START.plus(Duration.ofDays(30)).toEpochMilli();
    for (int row = 0; row < calendar.size(); row++) {
      assertThat(calendar.asOf(row) % Duration.ofDays(7).toMillis()).isZero();
      assertThat(calendar.value(row, lifetime))
          .isIn(calendar.asOf(row) < day30 ? List.of(1.0, 2.0) : List.of(2.0));
    }
  }

  @Test
  void shouldTakeEligibleProfilesOnly() {
    List<Entry> log =
        List.of(
            entry("a", "visited", 0),
            entry("a", "order_completed", 1),
            entry("b", "visited", 1),
            entry("b", "visited", 40));

    Rows rows = moments(collect(log, "orders_lifetime >= 1", PLAN, 1).rows());

    assertThat(rows.size()).isEqualTo(1);
  }

  @Test
  void shouldIgnoreDuplicatesAndNotRepeatRowsForLateEvents() {
    List<Entry> log =
        List.of(
            new Entry("a", Histories.event("1", "order_completed", Duration.ofDays(1))),
            new Entry("a", Histories.event("1", "order_completed", Duration.ofDays(1))),
            new Entry("a", Histories.event("2", "order_completed", Duration.ofHours(12))),
            new Entry("a", Histories.event("3", "visited", Duration.ofDays(60))));

    TrainingRows collected = collect(log, "true", PLAN, 1);

    assertThat(collected.events()).isEqualTo(3);
    assertThat(collected.momentRows()).isEqualTo(2);
  }

  @Test
  void shouldGiveTheSameRowsHoweverTheHistoryIsPartitioned() {
    List<Entry> log = randomLog(9, 50, 4_000);
    RowPlan tight = new RowPlan(Duration.ofDays(7), 500);

    assertThat(vectorsUntil(collect(log, "true", tight, 7).rows(), Long.MAX_VALUE))
        .isEqualTo(vectorsUntil(collect(log, "true", tight, 1).rows(), Long.MAX_VALUE))
        .hasSizeBetween(600, 1_000);
  }

  @Test
  void shouldHoldNothingButRowsOfAPartitionThatIsOver() {
    Trait trait = Trait.compile(Histories.orders("orders-again", "true", HORIZON), ENGINE.schema());
    RowCollector collector = new RowCollector(ENGINE, trait, new RowPlan(Duration.ofDays(7), 100));
    for (List<Entry> partition : Histories.partitioned(randomLog(9, 50, 4_000), 7)) {
      partition.forEach(it -> collector.apply(it.profileId(), it.logged()));
      assertThat(collector.isSettled()).isFalse();
      collector.endPartition();
      assertThat(collector.isSettled()).isTrue();
    }

    assertThat(collector.finish().rows().size()).isBetween(100, 200);
  }

  @Test
  void shouldTellNothingOfAnEmptyHistory() {
    TrainingRows collected = collect(List.of(), "true", PLAN, 2);

    assertThat(collected.rows().size()).isZero();
    assertThat(collected.events()).isZero();
  }

  static TrainingRows collect(List<Entry> log, String eligibility, RowPlan plan, int partitions) {
    Trait trait =
        Trait.compile(Histories.orders("orders-again", eligibility, HORIZON), ENGINE.schema());
    RowCollector collector = new RowCollector(ENGINE, trait, plan);
    Histories.of(Histories.partitioned(log, partitions))
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

  private static Rows moments(Rows rows) {
    return rows.where(row -> rows.kind(row) == RowKind.MOMENT);
  }

  private static List<String> vectorsUntil(Rows rows, long until) {
    return IntStream.range(0, rows.size())
        .filter(row -> rows.asOf(row) <= until)
        .mapToObj(row -> rows.kind(row) + "@" + rows.asOf(row) + Arrays.toString(rows.vector(row)))
        .toList();
  }

  private static String bits(double[] vector) {
    return Arrays.toString(Arrays.stream(vector).mapToLong(Double::doubleToRawLongBits).toArray());
  }

  private static Entry entry(String profile, String type, int day) {
    return new Entry(
        profile, Histories.event(profile + "-" + type + "-" + day, type, Duration.ofDays(day)));
  }

  /** In the order of the log; some events are late, some come twice. */
  private static List<Entry> randomLog(long seed, int profiles, int events) {
    Random random = new Random(seed);
    List<Entry> log = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      boolean late = random.nextInt(20) == 0;
      boolean twice = i > 10 && random.nextInt(50) == 0;
      if (twice) {
        log.add(log.get(log.size() - 1 - random.nextInt(10)));
        continue;
      }
      Duration time = Duration.ofMinutes(i * 60L - (late ? random.nextInt(5_000) : 0) + 10_000);
      log.add(
          new Entry(
              "profile-" + random.nextInt(profiles),
              Histories.event(
                  "event-" + i,
                  random.nextInt(3) == 0 ? "order_completed" : "visited",
                  time,
                  Map.of("revenue", random.nextInt(100) / 7.0))));
    }
    return log;
  }
}
