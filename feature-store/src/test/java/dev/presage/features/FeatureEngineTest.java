package dev.presage.features;

import static dev.presage.features.Events.DAY;
import static dev.presage.features.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.presage.features.state.ProfileCodec;
import dev.presage.schemas.avro.Event;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Points 2, 3 and 4 of the semantics, windows, order and duplicates, case by case. */
class FeatureEngineTest {
  private static final long T = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  private final FeatureEngine engine =
      engine(
          """
          series:
            orders: {event: order, retention: 30d}
            revenue: {event: order, property: revenue, retention: 90d}
            gifts: {event: order, where: properties.gift}
          features:
            gifts: {aggregate: count, series: gifts, window: lifetime}
            orders: {aggregate: count, series: orders, window: lifetime}
            orders_1d: {aggregate: count, series: orders, window: 1d}
            revenue: {aggregate: sum, series: revenue, window: lifetime}
          """);
  private final ProfileState state = engine.newState();

  @Test
  void shouldCountAnEventWithoutTheProperty() {
    assertThat(engine.apply(state, order("a", T, Map.of()))).isEqualTo(ApplyOutcome.APPLIED);

    assertThat(vector(T)).containsExactly(0, 1, 1, 0);
  }

  @Test
  void shouldCountWhatMeetsTheCondition() {
    engine.apply(state, order("a", T, Map.of("gift", true)));
    engine.apply(state, order("b", T, Map.of("gift", false)));
    engine.apply(state, order("c", T, Map.of("gift", "yes")));

    assertThat(vector(T)).containsExactly(1, 3, 3, 0);
  }

  @Test
  void shouldEndAWindowAtItsTimeAndLeaveOutItsTail() {
    engine.apply(state, order("a", T, Map.of()));
    engine.apply(state, order("b", T + DAY, Map.of()));

    assertThat(vector(T - 1)).containsExactly(0, 0, 0, 0);
    assertThat(vector(T)).containsExactly(0, 1, 1, 0);
    assertThat(vector(T + DAY - 1)).containsExactly(0, 1, 1, 0);
    assertThat(vector(T + DAY)).containsExactly(0, 2, 1, 0);
    assertThat(vector(T + 2 * DAY)).containsExactly(0, 2, 0, 0);
  }

  @Test
  void shouldTakeALateEventWhereItBelongs() {
    engine.apply(state, order("a", T + 2 * DAY, Map.of()));

    assertThat(engine.apply(state, order("b", T, Map.of()))).isEqualTo(ApplyOutcome.APPLIED_LATE);
    assertThat(state.newestEventMillis()).isEqualTo(T + 2 * DAY);
    assertThat(vector(T + DAY - 1)).containsExactly(0, 1, 1, 0);
    assertThat(vector(T + 2 * DAY)).containsExactly(0, 2, 1, 0);
  }

  @Test
  void shouldCountALateEventOnlyWhereItIsStillKept() {
    engine.apply(state, order("a", T, Map.of()));

    ApplyOutcome outcome = engine.apply(state, order("b", T - 40 * DAY, Map.of("revenue", 5.0)));

    assertThat(outcome).isEqualTo(ApplyOutcome.APPLIED_LATE);
    assertThat(vector(T)).containsExactly(0, 1, 1, 5);
  }

  @Test
  void shouldRefuseAnEventThatNoSeriesKeeps() {
    engine.apply(state, order("a", T, Map.of()));
    byte[] before = bytes();

    ApplyOutcome outcome = engine.apply(state, order("b", T - 30 * DAY, Map.of()));

    assertThat(outcome.kind()).isEqualTo(ApplyOutcome.Kind.TOO_LATE);
    assertThat(outcome.reason())
        .contains("2025-12-02T00:00:00Z", "2026-01-01T00:00:00Z", "PT720H", "'orders'");
    assertThat(bytes()).isEqualTo(before);
  }

  @Test
  void shouldCountTheSameEventOnceWithinTheDeduplicationPeriod() {
    engine.apply(state, order("a", T, Map.of()));
    engine.apply(state, order("b", T + DAY / 2, Map.of()));
    byte[] before = bytes();

    assertThat(engine.apply(state, order("a", T, Map.of()))).isEqualTo(ApplyOutcome.DUPLICATE);
    assertThat(engine.apply(state, order("a", T + DAY, Map.of())))
        .isEqualTo(ApplyOutcome.DUPLICATE);
    assertThat(bytes()).isEqualTo(before);
    assertThat(engine.apply(state, order("a", T + DAY + 60_000, Map.of())))
        .isEqualTo(ApplyOutcome.APPLIED);
  }

  @Test
  void shouldFindTheCopyOfALateEvent() {
    engine.apply(state, order("a", T, Map.of()));

    assertThat(engine.apply(state, order("b", T - 5 * DAY, Map.of())))
        .isEqualTo(ApplyOutcome.APPLIED_LATE);
    assertThat(engine.apply(state, order("b", T - 5 * DAY, Map.of())))
        .isEqualTo(ApplyOutcome.DUPLICATE);
  }

  @Test
  void shouldNeverTakeEventsWithoutAnIdForCopies() {
    engine.apply(state, event(null, "order", T, Map.of()));
    engine.apply(state, event(null, "order", T, Map.of()));

    assertThat(vector(T)).containsExactly(0, 2, 2, 0);
  }

  @Test
  void shouldMoveOnWithAnEventThatNoSeriesCounts() {
    assertThat(state.isEmpty()).isTrue();
    assertThat(state.newestEventMillis()).isEqualTo(-1);

    assertThat(engine.apply(state, event("a", "visit", T, Map.of())))
        .isEqualTo(ApplyOutcome.APPLIED);

    assertThat(state.isEmpty()).isFalse();
    assertThat(state.newestEventMillis()).isEqualTo(T);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1.1e15})
  void shouldRefuseANumberThatCannotBe(double revenue) {
    assertInvalid(
        order("a", T, Map.of("revenue", revenue)),
        "property 'revenue' must be a number from -1e15 to 1e15, here is " + revenue);
  }

  @Test
  void shouldRefuseAPropertyThatIsNoNumber() {
    assertInvalid(
        order("a", T, Map.of("revenue", "12.50")),
        "property 'revenue' must be a number, because series 'revenue' tracks it, here is '12.50'");
    assertInvalid(
        order("a", T, Map.of("revenue", true)),
        "property 'revenue' must be a number, because series 'revenue' tracks it, here is 'true'");
  }

  @Test
  void shouldTakeAWholeNumber() {
    engine.apply(state, order("a", T, Map.of("revenue", 12L)));

    assertThat(vector(T)).containsExactly(0, 1, 1, 12);
  }

  @Test
  void shouldRefuseATimeThatCannotBe() {
    assertInvalid(order("a", -1, Map.of()), "the event's time must be from 1970 to 2099");
    assertInvalid(
        order("a", Instant.parse("2100-01-01T00:00:00Z").toEpochMilli(), Map.of()),
        "here is 2100-01-01T00:00:00Z");
    assertInvalid(
        Event.newBuilder(order("a", T, Map.of())).setOccurredAt(null).build(),
        "the event has no time");
  }

  @Test
  void shouldTakeTheFirstAndTheLastTimeThatCanBe() {
    long last = Instant.parse("2099-12-31T23:59:59.999Z").toEpochMilli();

    engine.apply(state, order("a", 0, Map.of()));
    assertThat(vector(0)).containsExactly(0, 1, 1, 0);

    engine.apply(state, order("b", last, Map.of()));
    assertThat(vector(last)).containsExactly(0, 2, 1, 0);
  }

  @Test
  void shouldRefuseAStateOfOtherDeclarations() {
    ProfileState other =
        engine(
                """
                series: {visits: {event: visit}}
                features: {visits: {aggregate: count, series: visits, window: 1d}}
                """)
            .newState();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine.apply(other, order("a", T, Map.of())))
        .withMessage("the state was made for other declarations");
  }

  @Test
  void shouldRefuseAVectorOfAnotherLengthAndATimeThatCannotBe() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine.vector(state, T, new double[3]))
        .withMessageContaining("out.length=3 must be 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine.vector(state, -1, new double[4]))
        .withMessageContaining("asOfMillis=-1");
  }

  @Test
  void shouldAnswerAFeatureThatIsDeclaredLaterFromHistory() {
    for (int i = 0; i < 500; i++) {
      engine.apply(state, order("e" + i, T + i * DAY / 24, Map.of("revenue", 1.0 + i)));
    }
    FeatureEngine later =
        engine(
            """
            series:
              money: {event: order, property: revenue, retention: 90d}
            features:
              most: {aggregate: max, series: money, window: lifetime}
              sum_2d: {aggregate: sum, series: money, window: 2d}
              sum_all: {aggregate: sum, series: money, window: lifetime}
            """);
    ProfileState kept = new ProfileCodec(later).decode(bytes());
    double[] vector = new double[3];

    later.vector(kept, state.newestEventMillis(), vector);

    double sumOf48 = 48 * (453.0 + 500) / 2;
    assertThat(vector).containsExactly(500, sumOf48, 500 * 501 / 2.0);
  }

  private void assertInvalid(Event event, String reason) {
    engine.apply(state, order("before", T, Map.of()));
    byte[] before = bytes();
    ApplyOutcome outcome = engine.apply(state, event);
    assertThat(outcome.kind()).isEqualTo(ApplyOutcome.Kind.INVALID);
    assertThat(outcome.isApplied()).isFalse();
    assertThat(outcome.reason()).contains(reason);
    assertThat(bytes()).isEqualTo(before);
  }

  private byte[] bytes() {
    return new ProfileCodec(engine).encode(state);
  }

  private double[] vector(long asOf) {
    double[] out = new double[engine.schema().size()];
    engine.vector(state, asOf, out);
    return out;
  }

  private static Event order(String id, long time, Map<String, Object> properties) {
    return event(id, "order", time, properties);
  }

  private static FeatureEngine engine(String yaml) {
    return new FeatureEngine(FeatureDeclarations.parse(yaml, "test"));
  }
}
