package dev.presage.local.simulation;

import java.time.Duration;
import java.util.Arrays;

/**
 * A customer who comes at random until they leave for good without a word: visits and orders are
 * Poisson processes, and the time until they leave is exponential. This is the Pareto/NBD model of
 * Schmittlein, Morrison and Colombo, "Counting Your Customers", Management Science 33 (1987), with
 * visits beside the orders.
 */
final class SimulatedCustomer {
  private static final double MILLIS_A_DAY = Duration.ofDays(1).toMillis();

  private final String id;
  private final long firstMillis;
  private final long leavesMillis;
  private final double ordersADay;
  private final double leavingADay;
  private final long[] orders;

  /**
   * @param firstMillis when the customer came first
   * @param leavesMillis when the customer is gone
   * @param ordersADay rate of orders while the customer is there
   * @param leavingADay rate of leaving
   * @param orders times of all orders, ascending
   */
  SimulatedCustomer(
      String id,
      long firstMillis,
      long leavesMillis,
      double ordersADay,
      double leavingADay,
      long[] orders) {
    this.id = id;
    this.firstMillis = firstMillis;
    this.leavesMillis = leavesMillis;
    this.ordersADay = ordersADay;
    this.leavingADay = leavingADay;
    this.orders = orders;
  }

  String id() {
    return id;
  }

  /**
   * The chance of an order in (asOf, asOf + horizon], for somebody who knows the rates and whether
   * the customer is still there, but not what comes: an order comes before the customer leaves,
   * with λ / (λ + μ), and in time, with 1 − exp(−(λ + μ) h).
   */
  double orderProbability(long asOfMillis, Duration horizon) {
    if (asOfMillis < firstMillis || asOfMillis >= leavesMillis) {
      return 0;
    }
    double anything = ordersADay + leavingADay;
    return -Math.expm1(-anything * horizon.toMillis() / MILLIS_A_DAY) * ordersADay / anything;
  }

  /** Whether there is an order in (asOf, asOf + horizon]. */
  boolean ordersWithin(long asOfMillis, Duration horizon) {
    int found = Arrays.binarySearch(orders, asOfMillis + 1);
    int next = found >= 0 ? found : -found - 1;
    return next < orders.length && orders[next] <= asOfMillis + horizon.toMillis();
  }
}
