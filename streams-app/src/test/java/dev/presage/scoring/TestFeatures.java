package dev.presage.scoring;

import dev.presage.features.FeatureDeclarations;

/** A few declared features over orders. */
public final class TestFeatures {
  public static final String YAML =
      """
      series:
        orders: {event: order_completed, retention: 400d}
        revenue: {event: order_completed, property: revenue, retention: 400d}
      features:
        orders_30d: {aggregate: count, series: orders, window: 30d}
        orders_lifetime: {aggregate: count, series: orders, window: lifetime}
        revenue_30d: {aggregate: sum, series: revenue, window: 30d}
      """;

  private TestFeatures() {}

  public static FeatureDeclarations declarations() {
    return FeatureDeclarations.parse(YAML, "test");
  }
}
