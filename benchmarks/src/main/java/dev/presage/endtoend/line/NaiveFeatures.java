package dev.presage.endtoend.line;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;

/**
 * The features of {@code shop.yaml}, each computed from the list of all events, as one would write
 * them by hand.
 */
final class NaiveFeatures {
  private static final double DAY = Duration.ofDays(1).toMillis();
  private static final long GAP = Duration.ofMinutes(30).toMillis();
  private static final int LIFETIME = 36_500;
  private static final Set<Object> MOBILE = Set.of("phone", "tablet");

  private final List<NaiveEvent> events;
  private final long asOf;
  private final Map<String, Double> features = new TreeMap<>();

  private NaiveFeatures(List<NaiveEvent> events, long asOf) {
    this.events = events;
    this.asOf = asOf;
  }

  /**
   * Computes all.
   *
   * @param events of one customer, the oldest first
   * @param asOf in milliseconds since 1970
   * @return by name, in the order of the vector; NaN is missing
   */
  static Map<String, Double> compute(List<NaiveEvent> events, long asOf) {
    NaiveFeatures all = new NaiveFeatures(events, asOf);
    all.orders();
    all.revenue();
    all.carts();
    all.views();
    all.others();
    all.computed();
    return all.features;
  }

  private void orders() {
    for (int days : new int[] {7, 30, 90, 365}) {
      put("orders_" + days + "d", of("order_completed", days).size());
    }
    List<NaiveEvent> orders = of("order_completed", LIFETIME);
    put("orders_lifetime", orders.size());
    put("days_since_order", daysSinceLast(orders));
    put("days_since_first_order", orders.isEmpty() ? Double.NaN : daysSince(orders.getFirst()));
    put("days_between_orders", daysBetween(orders));
    Predicate<NaiveEvent> isLarge = it -> it.number("revenue") >= 100;
    put("large_orders_365d", (double) of("order_completed", 365).stream().filter(isLarge).count());
    put("days_since_large_order", daysSinceLast(orders.stream().filter(isLarge).toList()));
  }

  private void revenue() {
    for (int days : new int[] {30, 90, 365}) {
      put("revenue_" + days + "d", sum(revenue(days)));
    }
    List<Double> year = revenue(365);
    List<Double> all = revenue(LIFETIME);
    put("revenue_lifetime", sum(all));
    put("mean_order_365d", mean(year));
    put("mean_order_lifetime", mean(all));
    put("smallest_order_365d", stream(year).min().orElse(Double.NaN));
    put("largest_order_365d", stream(year).max().orElse(Double.NaN));
    double mean = mean(all);
    put(
        "spread_of_orders",
        Math.sqrt(stream(all).map(it -> (it - mean) * (it - mean)).average().orElse(Double.NaN)));
    put(
        "revenue_lately",
        of("order_completed", LIFETIME).stream()
            .mapToDouble(it -> it.number("revenue") * Math.pow(2, -daysSince(it) / 30))
            .sum());
    put("last_order", all.isEmpty() ? Double.NaN : all.getLast());
    put("revenue_trend", ratio(sum(revenue(90)), sum(revenue(180)) - sum(revenue(90))));
  }

  private void carts() {
    put("carts_7d", of("cart_updated", 7).size());
    put("carts_30d", of("cart_updated", 30).size());
    put("days_since_cart", daysSinceLast(of("cart_updated", 30)));
    put("cart_value_7d", sum(cartValue(7)));
    put("mean_cart_30d", mean(cartValue(30)));
    put("largest_cart_90d", stream(cartValue(90)).max().orElse(Double.NaN));
    List<Double> all = cartValue(LIFETIME);
    put("cart_before_last", all.size() < 2 ? Double.NaN : all.get(all.size() - 2));
  }

  private void views() {
    for (int days : new int[] {7, 30, 90}) {
      put("views_" + days + "d", of("product_viewed", days).size());
    }
    List<NaiveEvent> month = of("product_viewed", 30);
    List<NaiveEvent> all = of("product_viewed", LIFETIME);
    put("days_since_view", daysSinceLast(all));
    put("days_between_views_30d", daysBetween(month));
    put("views_trend", ratio(month.size(), of("product_viewed", 60).size() - month.size()));
    put("visits_30d", sessions(month));
    put("views_per_visit_30d", ratio(month.size(), sessions(month)));
    Predicate<NaiveEvent> isMobile = it -> MOBILE.contains(it.properties().get("device"));
    double mobile = month.stream().filter(isMobile).count();
    put("mobile_views_30d", mobile);
    put("mobile_views_lifetime", (double) all.stream().filter(isMobile).count());
    put("mobile_share_30d", ratio(mobile, month.size()));
    Function<NaiveEvent, Object> category = it -> it.properties().get("category");
    put("categories_30d", (double) month.stream().map(category).distinct().count());
    put("categories_lifetime", (double) all.stream().map(category).distinct().count());
  }

  private void others() {
    put("searches_7d", of("search", 7).size());
    put("searches_90d", of("search", 90).size());
    put("days_since_search", daysSinceLast(of("search", LIFETIME)));
    put("emails_30d", of("email_opened", 30).size());
    put("days_since_email", daysSinceLast(of("email_opened", LIFETIME)));
  }

  private void computed() {
    put("orders_per_view_30d", ratio(get("orders_30d"), get("views_30d")));
    put("carts_left_30d", get("carts_30d") - get("orders_30d"));
    double order = Double.isNaN(get("days_since_order")) ? 365 : get("days_since_order");
    double view = Double.isNaN(get("days_since_view")) ? 365 : get("days_since_view");
    put("freshness", 1 / (1 + Math.min(order, view)));
  }

  private void put(String feature, double value) {
    features.put(feature, value);
  }

  private double get(String feature) {
    return features.getOrDefault(feature, Double.NaN);
  }

  private List<NaiveEvent> of(String type, int days) {
    return events.stream()
        .filter(it -> it.type().equals(type) && it.at() <= asOf && daysSince(it) < days)
        .toList();
  }

  private List<Double> revenue(int days) {
    return of("order_completed", days).stream().map(it -> it.number("revenue")).toList();
  }

  private List<Double> cartValue(int days) {
    return of("cart_updated", days).stream().map(it -> it.number("value")).toList();
  }

  private double daysSince(NaiveEvent event) {
    return (asOf - event.at()) / DAY;
  }

  private double daysSinceLast(List<NaiveEvent> some) {
    return some.isEmpty() ? Double.NaN : daysSince(some.getLast());
  }

  private static double daysBetween(List<NaiveEvent> some) {
    return some.size() < 2
        ? Double.NaN
        : (some.getLast().at() - some.getFirst().at()) / DAY / (some.size() - 1);
  }

  private static int sessions(List<NaiveEvent> some) {
    List<Long> begins = new ArrayList<>();
    long last = Long.MIN_VALUE / 2;
    for (NaiveEvent event : some) {
      if (event.at() - last > GAP) {
        begins.add(event.at());
      }
      last = event.at();
    }
    return begins.size();
  }

  private static DoubleStream stream(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue);
  }

  private static double sum(List<Double> values) {
    return stream(values).sum();
  }

  private static double mean(List<Double> values) {
    return stream(values).average().orElse(Double.NaN);
  }

  private static double ratio(double above, double below) {
    return Math.abs(below) < 1e-9 ? Double.NaN : above / below;
  }
}
