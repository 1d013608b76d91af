package dev.presage.retrain.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.FeatureEngine;
import dev.presage.retrain.Histories;
import dev.presage.retrain.Histories.Entry;
import dev.presage.retrain.traits.Trait;
import dev.presage.schemas.avro.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Point 10 of the semantics, parity, as a run checks it. */
class ParityTest {
  private static final FeatureEngine ENGINE = Histories.engine();
  private static final Duration HORIZON = Duration.ofDays(10);
  private static final double[] NO_FEATURES = {};
  private static final int REVENUE = ENGINE.schema().names().indexOf("revenue_30d");

  @Property(tries = 100)
  void shouldFindEveryVectorThatWasServedWhateverIsLinkedAndErased(@ForAll long seed) {
    StreamTwin stream = random(seed);
    List<List<Entry>> logs = stream.logs();

    ParityResult result = compare(logs, stream.vectors());

    assertThat(result)
        .isEqualTo(new ParityResult(stream.vectors().size(), stream.vectors().size(), 0, null));
    assertThat(result.holds()).isTrue();
  }

  @Property(tries = 50)
  void shouldFindTheOneVectorThatDiffersInItsLastBit(@ForAll long seed) {
    StreamTwin stream = random(seed);
    List<List<Entry>> logs = stream.logs();
    List<ServedVector> served = new ArrayList<>(stream.vectors());
    int at = new Random(seed).nextInt(served.size());
    ServedVector one = served.get(at);
    double[] other = one.vector().clone();
    other[REVENUE] = Math.nextUp(other[REVENUE]);
    served.set(at, with(one, one.profileId(), other));

    ParityResult result = compare(logs, served);

    assertThat(result.holds()).isFalse();
    assertThat(result.different()).isEqualTo(1);
    assertThat(result.first())
        .isEqualTo(
            new ParityResult.Difference(
                "revenue_30d", one.vector()[REVENUE], other[REVENUE], one.asOf()));
    assertThat(result.words())
        .startsWith("%,d of %,d vectors".formatted(served.size(), served.size()))
        .contains("1 differ", "feature revenue_30d")
        .doesNotContain(one.profileId());
  }

  @Test
  void shouldNotCompareWhatTheHistoryDoesNotHave() {
    StreamTwin stream = random(1);
    List<List<Entry>> logs = stream.logs();
    ServedVector one = stream.vectors().getFirst();

    ParityResult result = compare(logs, List.of(with(one, "somebody-else", one.vector())));

    assertThat(result).isEqualTo(new ParityResult(1, 0, 0, null));
    assertThat(result.holds()).isTrue();
  }

  @Test
  void shouldCompareAsOfTheRungThatWasReachedBeforeTheEvent() {
    Entry order =
        new Entry(
            "a",
            Histories.event(
                "order", "order_completed", Duration.ofDays(1), Map.of("revenue", 7.0)));
    long rung = Histories.START.plus(Duration.ofDays(3)).toEpochMilli();
    double[] vector = new double[ENGINE.schema().size()];
    var state = ENGINE.newState();
    ENGINE.apply(state, order.event());
    ENGINE.vector(state, rung, vector);

    ParityResult result =
        compare(
            List.of(List.of(order)), List.of(new ServedVector("a", "order", false, rung, vector)));

    assertThat(result).isEqualTo(new ParityResult(1, 1, 0, null));
  }

  /** An ID that was erased and let in again: the same event is the first of two lives. */
  @Test
  void shouldBeContentWhereOneOfTheMomentsOfAnEventGivesWhatWasServed() {
    StreamTwin stream = new StreamTwin(ENGINE, 1, new Random(1));
    stream.event("a", order(1, 1)).event("a", order(2, 2));
    stream.process(2).erase("a", 3).process(1).consent("a", 0).process(1);
    stream.event("a", order(2, 2));
    List<List<Entry>> logs = stream.logs();
    ServedVector ofTheSecondLife = stream.vectors().getLast();

    assertThat(compare(logs, List.of(ofTheSecondLife))).isEqualTo(new ParityResult(1, 1, 0, null));
  }

  @Test
  void shouldFindTheWrongOneOfTwoVectorsOfOneMoment() {
    StreamTwin stream = random(2);
    List<List<Entry>> logs = stream.logs();
    ServedVector right = stream.vectors().getFirst();
    double[] other = right.vector().clone();
    other[REVENUE]++;

    ParityResult result = compare(logs, List.of(right, with(right, right.profileId(), other)));

    assertThat(result.compared()).isEqualTo(2);
    assertThat(result.different()).isEqualTo(1);
  }

  @Test
  void shouldCountOneMomentOnce() {
    StreamTwin stream = random(2);
    List<List<Entry>> logs = stream.logs();
    ServedVector one = stream.vectors().getFirst();

    assertThat(compare(logs, List.of(one, one))).isEqualTo(new ParityResult(1, 1, 0, null));
  }

  @Property
  void shouldSampleServedVectorsInWhateverOrderTheyCome(@ForAll Random random) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      keys.add("key-" + i);
    }
    List<ServedVector> first = sample(keys, 20);
    Collections.shuffle(keys, random);

    assertThat(sample(keys, 20)).containsExactlyInAnyOrderElementsOf(first).hasSize(20);
    assertThat(sample(keys, 1_000)).hasSize(300);
  }

  @Test
  void shouldForgetServedVectorsThatAreTakenBack() {
    ServedSample sample = new ServedSample(10);
    sample.put("a", new ServedVector("a", "e", false, 0, NO_FEATURES));
    sample.put("a", new ServedVector("a", "e", false, 0, NO_FEATURES));
    sample.remove("a");

    assertThat(sample.vectors()).isEmpty();
  }

  private static List<ServedVector> sample(List<String> keys, int capacity) {
    ServedSample sample = new ServedSample(capacity);
    keys.forEach(it -> sample.put(it, new ServedVector(it, "e", false, 0, NO_FEATURES)));
    return sample.vectors();
  }

  private static ServedVector with(ServedVector one, String profileId, double[] vector) {
    return new ServedVector(profileId, one.eventId(), one.isLate(), one.asOf(), vector);
  }

  private static StreamTwin random(long seed) {
    Random random = new Random(seed);
    StreamTwin stream = new StreamTwin(ENGINE, 3, random);
    for (int i = 0; i < 200; i++) {
      int day = i / 4;
      String id = "id-" + random.nextInt(8);
      switch (random.nextInt(30)) {
        case 0, 1 -> stream.link(id, "id-" + random.nextInt(8), day - random.nextInt(3));
        case 2 -> stream.erase(id, day);
        case 3, 4 -> stream.consent(id, day);
        default -> stream.event(id, order(i, day - (random.nextInt(10) == 0 ? 3 : 0)));
      }
      stream.process(random.nextInt(3));
    }
    stream.event("certain", order(1_000, 60));
    return stream;
  }

  private static Event order(int number, int day) {
    return Histories.event(
        "e-" + number,
        "order_completed",
        Duration.ofDays(Math.max(0, day)).plusMinutes(number),
        Map.of("revenue", 7.5 + number / 7.0));
  }

  private static ParityResult compare(List<List<Entry>> logs, List<ServedVector> served) {
    Trait trait =
        Trait.compile(Histories.orders("orders-again", "false", HORIZON), ENGINE.schema());
    RowCollector collector =
        new RowCollector(
            ENGINE, trait, new RowPlan(Duration.ofDays(7), 10), new Parity(ENGINE, served));
    for (List<Entry> partition : logs) {
      partition.forEach(it -> collector.apply(it.profileId(), it.logged()));
      collector.endPartition();
    }
    return collector.finish().parity();
  }
}
