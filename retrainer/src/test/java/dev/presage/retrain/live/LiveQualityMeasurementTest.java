package dev.presage.retrain.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.presage.retrain.Histories;
import dev.presage.retrain.Histories.Entry;
import dev.presage.retrain.evaluation.ValueFigure;
import dev.presage.retrain.rows.StreamTwin;
import dev.presage.retrain.traits.Trait;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LiveQualityMeasurementTest {
  private static final Trait TRAIT =
      Trait.compile(
          Histories.orders("orders-again", "true", Duration.ofDays(10)),
          Histories.engine().schema());
  private static final List<List<Entry>> HISTORY =
      List.of(
          List.of(entry("a", "order_completed", 0), entry("a", "order_completed", 8)),
          List.of(entry("b", "order_completed", 0), entry("b", "visited", 20)));

  @Test
  void shouldJoinScoresWithWhatHappenedAfterThem() {
    LiveQuality quality =
        measure(
            score("a", 0, 0.9, "orders_30d", 0.4),
            score("b", 0, 0.1, "orders_30d", 0.5),
            score("a", 8, 0.3, "orders_30d", 0.6));

    assertThat(quality.model().rows()).isEqualTo(3);
    assertThat(quality.model().positives()).isEqualTo(1);
    assertThat(quality.openRows()).isZero();
    assertThat(quality.model().auc()).isEqualTo(1);
    assertThat(quality.baseline().auc()).isZero();
    assertThat(quality.baselineFeature()).isEqualTo("orders_30d");
  }

  @Test
  void shouldLeaveOutAndCountScoresWhoseHorizonIsNotOver() {
    LiveQuality quality =
        measure(
            score("a", 0, 0.9, "orders_30d", 0.4),
            score("a", 10, 0.9, "orders_30d", 0.4),
            score("b", 11, 0.9, "orders_30d", 0.4),
            score("b", 20, 0.9, "orders_30d", 0.4));

    assertThat(quality.model().rows()).isEqualTo(2);
    assertThat(quality.openRows()).isEqualTo(2);
  }

  @Test
  void shouldNotTakeAnEventAtAnImpossibleTimeForTheEndOfTheHistory() {
    Duration never = Duration.between(Histories.START, Instant.parse("9999-12-31T00:00:00Z"));
    List<List<Entry>> history = new ArrayList<>(HISTORY);
    history.add(List.of(new Entry("c", Histories.event("c-1", "order_completed", never))));

    LiveQuality quality =
        new LiveQualityMeasurement(
                (trait, from, until) -> List.of(score("b", 11, 0.9, "orders_30d", 0.4)),
                Histories.of(history))
            .measure(TRAIT, Long.MIN_VALUE, Long.MAX_VALUE);

    assertThat(quality.openRows()).isEqualTo(1);
  }

  @Test
  void shouldNameEveryBaselineThatWasInUse() {
    LiveQuality quality =
        measure(score("a", 0, 0.9, "visits_7d", 0.4), score("b", 0, 0.2, "orders_30d", 0.4));

    assertThat(quality.baselineFeature()).isEqualTo("orders_30d, visits_7d");
  }

  @Test
  void shouldSayThatThereAreNoRowsWhereNothingWasServed() {
    LiveQuality quality = measure();

    assertThat(quality.model().rows()).isZero();
    assertThat(quality.model().auc()).isNaN();
    assertThat(quality.baselineFeature()).isEmpty();
  }

  @Test
  void shouldJudgeScoresOfAnAbsorbedProfileByWhatTheOneThatAbsorbedItDid() {
    StreamTwin stream = new StreamTwin(Histories.engine(), 3, new Random(1));
    stream.event("device", Histories.event("1", "visited", Duration.ofDays(0)));
    stream.process(1).link("device", "between", 1).link("between", "user", 2).process(9);
    stream.event("user", Histories.event("2", "order_completed", Duration.ofDays(5)));
    stream.event("user", Histories.event("3", "visited", Duration.ofDays(30)));

    LiveQuality quality =
        measure(
            stream.logs(),
            score("device", 0, 0.9, "orders_30d", 0.4),
            score("user", 6, 0.1, "orders_30d", 0.4));

    assertThat(quality.model().rows()).isEqualTo(2);
    assertThat(quality.model().positives()).isEqualTo(1);
    assertThat(quality.model().auc()).isEqualTo(1);
  }

  @Test
  void shouldLeaveOutScoresOfErasedProfilesUntilTheyAreLetInAgain() {
    StreamTwin stream = new StreamTwin(Histories.engine(), 3, new Random(1));
    stream.event("user", Histories.event("1", "order_completed", Duration.ofDays(1)));
    stream.event("device", Histories.event("2", "order_completed", Duration.ofDays(1)));
    stream.process(2).link("device", "user", 2).process(3);
    stream.erase("user", 3).process(3).consent("user", 4);
    stream.event("user", Histories.event("3", "order_completed", Duration.ofDays(5)));
    stream.event("other", Histories.event("4", "visited", Duration.ofDays(30)));

    LiveQuality quality =
        measure(
            stream.logs(),
            score("device", 1, 0.9, "orders_30d", 0.4),
            score("user", 1, 0.9, "orders_30d", 0.4),
            score("user", 5, 0.9, "orders_30d", 0.4),
            score("other", 15, 0.9, "orders_30d", 0.4));

    assertThat(quality.model().rows()).isEqualTo(2);
    assertThat(quality.openRows()).isZero();
  }

  @Test
  void shouldMeasureAmountsByWhatTheyCameTo() {
    Trait spending =
        Trait.compile(
            TraitDefinition.newBuilder(Histories.orders("spending", "true", Duration.ofDays(10)))
                .setKind(TraitKind.VALUE)
                .setSumOf("revenue")
                .build(),
            Histories.engine().schema());
    List<List<Entry>> log =
        List.of(
            List.of(bought("a", 0, 7), bought("a", 2, 30), bought("a", 8, 12)),
            List.of(bought("b", 0, 50), entry("b", "visited", 20)));

    LiveQuality quality =
        new LiveQualityMeasurement(
                (trait, from, until) ->
                    List.of(score("a", 0, 40, "orders_30d", 5), score("b", 0, 1, "orders_30d", 5)),
                Histories.of(log))
            .measure(spending, Long.MIN_VALUE, Long.MAX_VALUE);

    assertThat(quality.model().value(ValueFigure.MAE)).isCloseTo((2 + 1) / 2.0, within(1e-9));
    assertThat(quality.baseline().value(ValueFigure.MAE)).isCloseTo((37 + 5) / 2.0, within(1e-9));
    assertThat(quality.model().value(ValueFigure.NORMALISED_GINI)).isEqualTo(1);
    assertThat(quality.model().positives()).isEqualTo(1);
    assertThat(quality.model().auc()).isNaN();
  }

  private static Entry bought(String profile, int day, double revenue) {
    return new Entry(
        profile,
        Histories.event(
            profile + "-" + day,
            "order_completed",
            Duration.ofDays(day),
            Map.of("revenue", revenue)));
  }

  private static LiveQuality measure(ServedScore... scores) {
    return measure(HISTORY, scores);
  }

  private static LiveQuality measure(List<List<Entry>> logs, ServedScore... scores) {
    return new LiveQualityMeasurement((trait, from, until) -> List.of(scores), Histories.of(logs))
        .measure(TRAIT, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static Entry entry(String profile, String type, int day) {
    return new Entry(profile, Histories.event(profile + "-" + day, type, Duration.ofDays(day)));
  }

  private static ServedScore score(
      String profile, int day, double score, String feature, double baseline) {
    long asOf = Histories.START.plus(Duration.ofDays(day)).toEpochMilli();
    return new ServedScore(profile, asOf, score, feature, baseline);
  }
}
