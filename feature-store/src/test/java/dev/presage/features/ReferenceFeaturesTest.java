package dev.presage.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The features that churn and lifetime models are usually built on can be declared. */
class ReferenceFeaturesTest {
  private static final String VISITS =
      """
      series:
        page_visits: {event: page_visit}
        product_views: {event: page_visit, where: properties.page_type == "product"}
        clicks_on_b: {event: click, where: properties.button == "B"}
        cart_additions: {event: cart_addition}
        purchases: {event: purchase}
        everything: {event: "*"}
      features:
        page_visits_30d: {aggregate: count, series: page_visits, window: 30d}
        days_between_page_visits_30d:
          {aggregate: mean_time_between, series: page_visits, window: 30d}
        days_since_page_visit_30d: {aggregate: time_since_last, series: page_visits, window: 30d}
        saturday_purchases_12w:
          {aggregate: count, series: purchases, window: 84d, weekdays: saturday}

        # Between the views of a session lie as many gaps as it has views, less one.
        product_views_30d: {aggregate: count, series: product_views, window: 30d}
        view_sessions_30d: {aggregate: sessions, series: product_views, window: 30d, gap: 30m}
        view_session_days_30d:
          {aggregate: mean_session_length, series: product_views, window: 30d, gap: 30m}
        days_between_product_views_per_session_30d:
          expression: >
            view_session_days_30d * view_sessions_30d / (product_views_30d - view_sessions_30d)

        visits_30d: {aggregate: sessions, series: everything, window: 30d, gap: 30m}
        clicks_on_b_30d: {aggregate: count, series: clicks_on_b, window: 30d}
        clicks_on_b_per_visit_30d:
          expression: clicks_on_b_30d / visits_30d

        cart_additions_30d: {aggregate: count, series: cart_additions, window: 30d}
        purchases_30d: {aggregate: count, series: purchases, window: 30d}
        cart_additions_per_session_30d:
          expression: cart_additions_30d / visits_30d
        purchases_per_session_30d:
          expression: purchases_30d / visits_30d
        cart_additions_to_purchases_per_session_30d:
          expression: cart_additions_per_session_30d / purchases_per_session_30d
      """;

  /** The features window is 365 days. */
  private static final String ORDERS =
      """
      series:
        orders: {event: order}
        revenue: {event: order, property: revenue}
        everything: {event: "*"}
      features:
        f_monetary: {aggregate: sum, series: revenue, window: 365d}
        f_frequency: {aggregate: count, series: orders, window: 365d}
        f_time_between: {aggregate: mean_time_between, series: orders, window: 365d}
        f_avg_basket_value: {aggregate: mean, series: revenue, window: 365d}
        f_capital_t: {aggregate: time_since_first, series: orders, window: 365d}
        days_since_last_order: {aggregate: time_since_last, series: orders, window: 365d}
        f_recency:
          expression: f_capital_t - days_since_last_order
        f_lifespan: {aggregate: time_since_first, series: everything, window: lifetime}
      """;

  @Test
  void shouldDeclareFeaturesOfVisits() {
    assertThat(FeatureDeclarations.parse(VISITS, "visits.yaml").schema().names())
        .contains(
            "page_visits_30d",
            "days_between_page_visits_30d",
            "days_since_page_visit_30d",
            "saturday_purchases_12w",
            "days_between_product_views_per_session_30d",
            "clicks_on_b_per_visit_30d",
            "cart_additions_to_purchases_per_session_30d");
  }

  @Test
  void shouldDeclareFeaturesOfRecencyFrequencyMoneyAndLifetime() {
    assertThat(FeatureDeclarations.parse(ORDERS, "orders.yaml").schema().names())
        .contains(
            "f_monetary",
            "f_frequency",
            "f_time_between",
            "f_avg_basket_value",
            "f_recency",
            "f_capital_t",
            "f_lifespan");
  }

  @Test
  void shouldComputeFeaturesOfVisits() {
    Values values = new Values(VISITS);
    long saturday = Instant.parse("2026-01-10T12:00:00Z").toEpochMilli();
    for (int visit = 0; visit < 2; visit++) {
      long start = saturday + visit * Events.DAY;
      for (int minute = 0; minute < 3; minute++) {
        values.apply("page_visit", start + minute * 60_000L, Map.of("page_type", "product"));
      }
      values.apply("click", start + 180_000, Map.of("button", "B"));
      values.apply("cart_addition", start + 240_000, Map.of());
      values.apply("cart_addition", start + 300_000, Map.of());
      values.apply("purchase", start + 360_000, Map.of());
    }

    long asOf = saturday + 3 * Events.DAY;

    assertThat(values.of("page_visits_30d", asOf)).isEqualTo(6);
    assertThat(values.of("days_between_page_visits_30d", asOf))
        .isCloseTo((1 + 2 / 1440.0) / 5, within(1e-9));
    assertThat(values.of("days_since_page_visit_30d", asOf))
        .isCloseTo(2 - 2 / 1440.0, within(1e-9));
    assertThat(values.of("saturday_purchases_12w", asOf)).isEqualTo(1);
    assertThat(values.of("days_between_product_views_per_session_30d", asOf))
        .isCloseTo(1 / 1440.0, within(1e-9));
    assertThat(values.of("clicks_on_b_per_visit_30d", asOf)).isEqualTo(1);
    assertThat(values.of("cart_additions_to_purchases_per_session_30d", asOf)).isEqualTo(2);
  }

  @Test
  void shouldComputeFeaturesOfRecencyFrequencyMoneyAndLifetime() {
    Values values = new Values(ORDERS);
    long start = Instant.parse("2025-06-01T00:00:00Z").toEpochMilli();
    values.apply("visit", start - 40 * Events.DAY, Map.of());
    values.apply("order", start, Map.of("revenue", 10.0));
    values.apply("order", start + 10 * Events.DAY, Map.of("revenue", 20.0));
    values.apply("order", start + 40 * Events.DAY, Map.of("revenue", 60.0));

    long asOf = start + 100 * Events.DAY;

    assertThat(values.of("f_monetary", asOf)).isEqualTo(90);
    assertThat(values.of("f_frequency", asOf)).isEqualTo(3);
    assertThat(values.of("f_time_between", asOf)).isEqualTo(20);
    assertThat(values.of("f_avg_basket_value", asOf)).isEqualTo(30);
    assertThat(values.of("f_recency", asOf)).isEqualTo(40);
    assertThat(values.of("f_capital_t", asOf)).isEqualTo(100);
    assertThat(values.of("f_lifespan", asOf)).isEqualTo(140);
  }

  /** One profile, asked by the names of its features. */
  private static final class Values {
    private final FeatureEngine engine;
    private final ProfileState state;
    private int events;

    Values(String yaml) {
      engine = new FeatureEngine(FeatureDeclarations.parse(yaml, "reference.yaml"));
      state = engine.newState();
    }

    void apply(String type, long time, Map<String, Object> properties) {
      engine.apply(state, Events.event("e" + events++, type, time, properties));
    }

    double of(String feature, long asOf) {
      double[] vector = new double[engine.schema().size()];
      engine.vector(state, asOf, vector);
      return vector[engine.schema().names().indexOf(feature)];
    }
  }
}
