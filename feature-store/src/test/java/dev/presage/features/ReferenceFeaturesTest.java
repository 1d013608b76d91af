package dev.presage.features;

import static org.assertj.core.api.Assertions.assertThat;

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
}
