package dev.presage.retrain.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.FeatureEngine;
import dev.presage.retrain.Histories;
import dev.presage.retrain.Histories.Entry;
import dev.presage.retrain.history.HistoryVisitor;
import dev.presage.retrain.traits.Trait;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.ProfileLogRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * Points 5, 10 and 11 of the semantics, identity, parity and erasure: rows of profiles that are
 * merged and erased.
 */
class IdentityRowsTest {
  private static final Duration HORIZON = Duration.ofDays(10);
  private static final RowPlan PLAN = new RowPlan(Duration.ofDays(7), 100_000);
  private static final FeatureEngine ENGINE = Histories.engine();
  private static final int ORDERS = ENGINE.schema().names().indexOf("orders_lifetime");

  @Property(tries = 150)
  void shouldServeTheVectorsAndLabelsOfTheStreamWhateverIsLinkedAndErased(@ForAll long seed) {
    Random random = new Random(seed);
    StreamTwin stream = new StreamTwin(ENGINE, 3, random);
    for (int i = 0; i < 400; i++) {
      int day = i / 4;
      String id = "id-" + random.nextInt(8);
      switch (random.nextInt(30)) {
        case 0, 1 -> stream.link(id, "id-" + random.nextInt(8), day - random.nextInt(3));
        case 2 -> stream.erase(id, day);
        case 3, 4 -> stream.consent(id, day);
        default -> {
          int late = random.nextInt(10) == 0 ? random.nextInt(200) : 0;
          stream.event(id, order(i, Duration.ofHours(24L * day + i % 4 - late)));
        }
      }
      stream.process(random.nextInt(3));
    }

    TrainingRows collected = collect(stream.logs());

    long newest = collected.newestEventMillis();
    List<String> expected =
        stream.served().stream()
            .filter(it -> !it.isErased)
            .filter(it -> it.asOf + HORIZON.toMillis() <= Math.min(newest, it.knownUntil))
            .map(it -> it.asOf + it.bits + it.ordersWithin(HORIZON.toMillis()))
            .toList();
    Rows moments = of(collected.rows(), RowKind.MOMENT);
    assertThat(
            IntStream.range(0, moments.size())
                .mapToObj(
                    row ->
                        moments.asOf(row)
                            + StreamTwin.bits(moments.vector(row))
                            + moments.positive(row)))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void shouldCountWhatWasAbsorbedFromTheLinkOn() {
    StreamTwin stream = twin();
    stream.event("device", order(1, Duration.ofDays(1)));
    stream.event("user", order(2, Duration.ofDays(2)));
    stream.process(2).link("device", "user", 3).process(2);
    stream.event("user", order(3, Duration.ofDays(4)));
    stream.event("device", order(4, Duration.ofDays(5)));
    stream.event("other", order(5, Duration.ofDays(40)));

    Rows moments = of(collect(stream.logs()).rows(), RowKind.MOMENT);

    assertThat(moments.column(ORDERS)).containsExactly(1, 3, 4);
  }

  @Test
  void shouldLeaveOutRowsOfAnAbsorbedProfileThatWereOpenAtTheLink() {
    StreamTwin stream = twin();
    stream.event("device", order(1, Duration.ofDays(1)));
    stream.event("device", order(2, Duration.ofDays(20)));
    stream.event("user", order(3, Duration.ofDays(21)));
    stream.process(3).link("device", "user", 22).process(2);
    stream.event("user", order(4, Duration.ofDays(23)));
    stream.event("user", order(5, Duration.ofDays(60)));

    TrainingRows collected = collect(stream.logs());

    Rows moments = of(collected.rows(), RowKind.MOMENT);
    assertThat(moments.size()).isEqualTo(3);
    assertThat(moments.column(ORDERS)).containsExactly(1, 1, 4);
    assertThat(moments.outcomes()).as("the device is silent for 10 days").startsWith(false, true);
    assertThat(collected.openRows()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void shouldForgetTheRowsOfAnErasedProfileAndOfAllThatItAbsorbed() {
    StreamTwin stream = twin();
    stream.event("device", order(1, Duration.ofDays(1)));
    stream.event("user", order(2, Duration.ofDays(2)));
    stream.event("other", order(3, Duration.ofDays(3)));
    stream.process(3).link("device", "user", 30).process(2);
    stream.event("user", order(4, Duration.ofDays(31)));
    stream.event("other", order(5, Duration.ofDays(50)));
    stream.process(2).erase("user", 60).process(2).consent("user", 61);
    stream.event("user", order(6, Duration.ofDays(62)));
    stream.event("other", order(7, Duration.ofDays(90)));

    Rows rows = collect(stream.logs()).rows();

    assertThat(of(rows, RowKind.MOMENT).column(ORDERS)).containsExactly(1, 2, 1);
    assertThat(of(rows, RowKind.CALENDAR).size()).isEqualTo(3);
    assertThat(IntStream.range(0, rows.size()).mapToObj(rows::asOf))
        .as("nothing of the first days but the other's")
        .allMatch(it -> it >= Histories.START.plus(Duration.ofDays(3)).toEpochMilli());
  }

  @Test
  void shouldNotShowAnAbsorbedFutureInCalendarRows() {
    StreamTwin stream = twin();
    stream.event("user", order(1, Duration.ofDays(1)));
    stream.event("device", order(2, Duration.ofDays(30)));
    stream.event("other", order(3, Duration.ofDays(31)));
    stream.process(3).link("device", "user", 2).process(2);
    stream.event("other", order(4, Duration.ofDays(90)));
    long deviceOrder = Histories.START.plus(Duration.ofDays(30)).toEpochMilli();

    Rows calendar = of(collect(stream.logs()).rows(), RowKind.CALENDAR);

    assertThat(calendar.size()).isPositive();
    for (int row = 0; row < calendar.size(); row++) {
      if (calendar.asOf(row) < deviceOrder) {
        assertThat(calendar.value(row, ORDERS)).isEqualTo(1);
      }
    }
  }

  /** One partition, so that the order of everything is that in which it is written here. */
  private static StreamTwin twin() {
    return new StreamTwin(ENGINE, 1, new Random(1));
  }

  private static Event order(int number, Duration after) {
    return Histories.event("e-" + number, "order_completed", after, Map.of("revenue", 7.5));
  }

  private static Rows of(Rows rows, RowKind kind) {
    return rows.where(row -> rows.kind(row) == kind);
  }

  private static TrainingRows collect(List<List<Entry>> logs) {
    Trait trait = Trait.compile(Histories.orders("orders-again", "true", HORIZON), ENGINE.schema());
    RowCollector collector = new RowCollector(ENGINE, trait, PLAN);
    Histories.of(logs)
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
