package dev.presage.endtoend;

import dev.presage.figures.Effort;
import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param events that every line takes, {@code naive} but those of a sample of customers
 * @param customers whose events they are
 * @param rounds how often every line is measured
 * @param warmUp how long events come before latencies count
 * @param latencies how long latencies count
 * @param trainingCustomers on whose events the models are trained
 * @param jvmOptions of every line
 */
record Scale(
    long events,
    int customers,
    int rounds,
    Duration warmUp,
    Duration latencies,
    int trainingCustomers,
    List<String> jvmOptions) {
  /** In which the events happen. */
  static final Duration MONTH = Duration.ofDays(30);

  /** On average, in a month. */
  static final int EVENTS_A_CUSTOMER = 20;

  static Scale of(Effort effort, long events, int customers) {
    boolean full = effort == Effort.FULL;
    return new Scale(
        events,
        customers,
        full ? 3 : 1,
        Duration.ofSeconds(full ? 15 : 1),
        Duration.ofSeconds(full ? 45 : 2),
        full ? 4_000 : 300,
        // Seconds are not worth the better code.
        full ? List.of("-Xms1g", "-Xmx1g") : List.of("-Xmx1g", "-XX:TieredStopAtLevel=1"));
  }
}
