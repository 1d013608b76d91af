package dev.presage.features;

import static dev.presage.features.Events.DAY;
import static dev.presage.features.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.explanation.Collecting;
import dev.presage.features.explanation.ErrorBound;
import dev.presage.features.explanation.FeatureExplanation;
import dev.presage.features.explanation.FeatureExplanation.Aggregated;
import dev.presage.features.explanation.FeatureExplanation.Computed;
import dev.presage.features.explanation.WindowExplanation;
import dev.presage.features.explanation.WindowExplanation.HeldEvent;
import dev.presage.features.state.ProfileCodec;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  private static final long T = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  private static final String ORDERS =
      """
      series:
        orders: {event: order}
        revenue: {event: order, property: revenue}
        abroad: {event: order, where: properties.country != "France"}
        products: {event: order, identifier: product}
      features:
        orders_30d: {aggregate: count, series: orders, window: 30d}
        orders_trend: {aggregate: trend, series: orders, window: 7d}
        revenue_30d: {aggregate: sum, series: revenue, window: 30d}
        revenue_per_order: {expression: revenue_30d / orders_30d}
        revenue_ever: {aggregate: sum, series: revenue, window: lifetime}
        products_ever: {aggregate: distinct, series: products, window: lifetime}
        share_abroad: {aggregate: share, series: abroad, of: orders, window: 30d}
        since_first: {aggregate: time_since_first, series: orders, window: 30d}
        sessions: {aggregate: sessions, series: orders, window: 30d, gap: 1h}
      """;

  private final FeatureEngine engine = engine(ORDERS);
  private final ProfileState state = engine.newState();

  @Test
  void shouldShowTheEventsThatMadeAValue() {
    for (int i = 0; i < 12; i++) {
      order(i, T + i * DAY, 10.0 + i);
    }

    Aggregated revenue = aggregated("revenue_30d", T + 12 * DAY);

    assertThat(revenue.value()).isEqualTo(186);
    assertThat(revenue.isExact()).isTrue();
    assertThat(revenue.window()).isEqualTo("30d");
    assertThat(revenue.collecting()).isEmpty();
    assertThat(revenue.boundText()).isEqualTo("exact");
    WindowExplanation window = revenue.windows().getFirst();
    assertThat(window.series().tracks()).isEqualTo("revenue of order");
    assertThat(window.tailMillis()).isEqualTo(T - 18 * DAY);
    assertThat(window.held()).isEqualTo(12);
    assertThat(window.tiles()).isEmpty();
    assertThat(window.newest())
        .hasSize(WindowExplanation.NEWEST)
        .startsWith(new HeldEvent(T + 11 * DAY, 21), new HeldEvent(T + 10 * DAY, 20));
  }

  @Test
  void shouldShowNoValueWhereNoneIsTracked() {
    order(1, T, 10);

    assertThat(aggregated("orders_30d", T).windows().getFirst().newest())
        .containsExactly(new HeldEvent(T, Double.NaN));
    assertThat(aggregated("products_ever", T).windows().getFirst().newest())
        .containsExactly(new HeldEvent(T, Double.NaN));
  }

  @Test
  void shouldLeaveOutLaterEventsAsOfThePast() {
    order(1, T, 10);
    order(2, T + DAY, 20);

    Aggregated orders = aggregated("orders_30d", T);

    assertThat(orders.windows().getFirst().newest()).containsExactly(new HeldEvent(T, Double.NaN));
    assertThat(orders.isExact()).isTrue();
  }

  @Test
  void shouldShowTheTilesAndTheDoubtOfABusyWindow() {
    beBusy();
    long asOf = state.newestEventMillis();

    Aggregated revenue = aggregated("revenue_30d", asOf);

    WindowExplanation window = revenue.windows().getFirst();
    assertThat(window.tiles())
        .hasSizeGreaterThan(40)
        .isSortedAccordingTo((a, b) -> Long.compare(a.startMillis(), b.startMillis()));
    assertThat(window.eventsInTiles() + window.held()).isEqualTo(window.events());
    assertThat(
            window.tiles().stream().mapToDouble(WindowExplanation.Tile::sum).sum()
                / window.eventsInTiles())
        .isBetween(1.0, 100.0);
    ErrorBound bound = revenue.bound();
    assertThat(bound.kind()).isEqualTo(ErrorBound.Kind.BOUNDED);
    assertThat(bound.tailOffMillis()).isBetween(1L, 30 * DAY / 100);
    assertThat(bound.eventsInDoubt()).isEqualTo(window.tailCut().orElseThrow().tile().events());
    assertThat(bound.text(revenue.windowMillis()))
        .matches("tail off by .* \\(0\\.\\d\\d% of the window\\), \\d+ events in doubt");
  }

  @Test
  void shouldSayWhatIsOnlyEstimated() {
    beBusy();
    long asOf = state.newestEventMillis();

    assertThat(aggregated("sessions", asOf).bound().kind()).isEqualTo(ErrorBound.Kind.ESTIMATED);
    assertThat(aggregated("products_ever", asOf).bound().text(0))
        .isEqualTo("estimated from a sample, standard error 9%");
    ErrorBound sinceFirst = aggregated("since_first", asOf).bound();
    assertThat(sinceFirst.timeOffMillis()).isBetween(1L, DAY);
    assertThat(sinceFirst.text(30 * DAY)).contains("times to within ");
  }

  @Test
  void shouldKeepWhatIsBeyondTheRetentionApart() {
    for (int i = 0; i < 300; i++) {
      order(i, T + 10 * DAY * i, 1);
    }

    Aggregated revenue = aggregated("revenue_ever", state.newestEventMillis());

    WindowExplanation window = revenue.windows().getFirst();
    assertThat(window.tailMillis()).isEqualTo(WindowExplanation.BEGINNING);
    assertThat(window.beyondRetention()).isPositive();
    assertThat(window.events()).isEqualTo(300);
    assertThat(revenue.isExact()).isTrue();
    Aggregated inThePast = aggregated("orders_30d", T + 60 * DAY);
    assertThat(inThePast.windows().getFirst().beyondInDoubt()).isEqualTo(window.beyondRetention());
    assertThat(inThePast.isExact()).isFalse();
  }

  @Test
  void shouldShowBothWindowsOfATrendAndBothSeriesOfAShare() {
    for (int i = 0; i < 10; i++) {
      order(i, T + i * DAY, 1);
    }
    long asOf = T + 9 * DAY;

    Aggregated trend = aggregated("orders_trend", asOf);
    Aggregated share = aggregated("share_abroad", asOf);

    assertThat(trend.value()).isEqualTo(7.0 / 3);
    assertThat(trend.windows()).extracting(WindowExplanation::events).containsExactly(7L, 3L);
    assertThat(trend.windows())
        .extracting(WindowExplanation::headMillis)
        .containsExactly(asOf, asOf - 7 * DAY);
    assertThat(share.windows())
        .extracting(window -> window.series().name())
        .containsExactly("abroad", "orders");
    assertThat(share.windows().getFirst().series().tracks())
        .isEqualTo("order where properties.country != \"France\"");
  }

  @Test
  void shouldShowWhatAnExpressionReads() {
    order(1, T, 10);
    order(2, T, 20);

    Computed ratio = (Computed) explained("revenue_per_order", T);

    assertThat(ratio.value()).isEqualTo(15);
    assertThat(ratio.expression()).isEqualTo("revenue_30d / orders_30d");
    assertThat(ratio.reads())
        .containsExactly(Map.entry("revenue_30d", 30.0), Map.entry("orders_30d", 2.0));
    assertThat(ratio.isExact()).isTrue();
    beBusy();
    assertThat(((Computed) explained("revenue_per_order", state.newestEventMillis())).inexact())
        .containsExactly("revenue_30d", "orders_30d");
  }

  @Test
  void shouldSayFromWhenAFeatureOverANewSeriesIsComplete() {
    order(1, T, 10);
    FeatureEngine later =
        engine(
            ORDERS.replace("features:", "  visits: {event: visit}\nfeatures:")
                + """
                  visits_7d: {aggregate: count, series: visits, window: 7d}
                  visits_trend: {aggregate: trend, series: visits, window: 7d}
                  visits_ever: {aggregate: count, series: visits, window: lifetime}
                  visits_share: {aggregate: share, series: visits, of: orders, window: 30d}
                  per_visit: {expression: orders_30d / (visits_7d + visits_trend)}
                """);
    ProfileState kept = new ProfileCodec(later).decode(new ProfileCodec(engine).encode(state));

    assertThat(explained(later, kept, "visits_7d", T).collecting())
        .containsExactly(new Collecting("visits", T, OptionalLong.of(T + 7 * DAY)));
    assertThat(explained(later, kept, "visits_7d", T).collecting().getFirst().text())
        .isEqualTo(
            "series 'visits' is tracked since 2026-01-01T00:00:00Z, complete from 2026-01-08T00:00:00Z");
    assertThat(explained(later, kept, "visits_7d", T + 7 * DAY - 1).collecting()).hasSize(1);
    assertThat(explained(later, kept, "visits_7d", T + 7 * DAY).collecting()).isEmpty();
    assertThat(explained(later, kept, "visits_trend", T + 7 * DAY).collecting())
        .containsExactly(new Collecting("visits", T, OptionalLong.of(T + 14 * DAY)));
    assertThat(explained(later, kept, "visits_share", T).collecting())
        .containsExactly(new Collecting("visits", T, OptionalLong.of(T + 30 * DAY)));
    assertThat(explained(later, kept, "per_visit", T + 8 * DAY).collecting())
        .containsExactly(new Collecting("visits", T, OptionalLong.of(T + 14 * DAY)));
    assertThat(explained(later, kept, "visits_ever", T + 999 * DAY).collecting().getFirst().text())
        .isEqualTo(
            "series 'visits' is tracked since 2026-01-01T00:00:00Z, and counts from then on");
    assertThat(explained(later, kept, "orders_30d", T).collecting()).isEmpty();
    Aggregated visits = (Aggregated) explained(later, kept, "visits_7d", T);
    assertThat(visits.isExact()).isFalse();
    assertThat(visits.boundText()).isEqualTo("not complete yet");
    assertThat(((Computed) explained(later, kept, "per_visit", T)).inexact())
        .containsExactly("visits_7d", "visits_trend");
  }

  private void beBusy() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      order(1_000 + i, T + DAY + i * 600_000L + random.nextInt(600_000), 1 + random.nextInt(100));
    }
  }

  private void order(int id, long time, double revenue) {
    engine.apply(
        state,
        event(
            "order-" + id, "order", time, Map.of("revenue", revenue, "product", "p" + id % 1_000)));
  }

  private Aggregated aggregated(String name, long asOf) {
    return (Aggregated) explained(name, asOf);
  }

  private FeatureExplanation explained(String name, long asOf) {
    return explained(engine, state, name, asOf);
  }

  private static FeatureExplanation explained(
      FeatureEngine engine, ProfileState state, String name, long asOf) {
    return engine.explain(state, asOf).get(engine.schema().names().indexOf(name));
  }

  private static FeatureEngine engine(String yaml) {
    return new FeatureEngine(FeatureDeclarations.parse(yaml, "test"));
  }
}
