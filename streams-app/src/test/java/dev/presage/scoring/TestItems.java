package dev.presage.scoring;

import dev.presage.features.FeatureDeclarations;
import dev.presage.scoring.entity.EntityType;

/** Items, keyed by the product that an event is of, with a few declared features. */
final class TestItems {
  static final EntityType ITEM = new EntityType("item", "productId");

  static final String YAML =
      """
      entity: item
      series:
        sales: {event: order_completed, retention: 400d}
        takings: {event: order_completed, property: revenue, retention: 400d}
        expiry: {event: item_listed, property: expires_at, retention: 400d}
      features:
        sales_7d: {aggregate: count, series: sales, window: 7d}
        takings_lifetime: {aggregate: sum, series: takings, window: lifetime}
        expires_at: {aggregate: last, series: expiry, window: lifetime}
      """;

  private TestItems() {}

  static FeatureDeclarations declarations() {
    return FeatureDeclarations.parse(YAML, "items");
  }
}
