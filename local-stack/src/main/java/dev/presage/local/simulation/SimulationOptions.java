package dev.presage.local.simulation;

import java.time.Duration;
import java.time.Instant;

/**
 * What is simulated.
 *
 * @param customers how many come in all
 * @param start when the first may come
 * @param history what a model is trained on
 * @param live what is scored after that
 * @param horizon of the trait
 * @param seed the same one gives the same customers and events
 */
public record SimulationOptions(
    int customers, Instant start, Duration history, Duration live, Duration horizon, long seed) {

  /** The trait that is trained. */
  static final String TRAIT = "likelihood-to-order-30d";

  public SimulationOptions {
    if (customers < 1) {
      throw new IllegalArgumentException(
          "There are " + customers + " customers to simulate; expected at least 1");
    }
  }

  /**
   * Some history, a month that is scored after it, and the trait's horizon of 30 days.
   *
   * @param historyDays days of history
   */
  public static SimulationOptions standard(int customers, int historyDays, long seed) {
    return new SimulationOptions(
        customers,
        Instant.parse("2024-01-01T00:00:00Z"),
        Duration.ofDays(historyDays),
        Duration.ofDays(30),
        Duration.ofDays(30),
        seed);
  }

  /** The first moment that is scored. */
  public Instant cut() {
    return start.plus(history);
  }

  /** After the last moment that is scored. */
  public Instant end() {
    return cut().plus(live);
  }
}
