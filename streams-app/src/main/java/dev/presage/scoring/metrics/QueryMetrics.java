package dev.presage.scoring.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What became of queries for profiles. */
public final class QueryMetrics {
  private final Map<Outcome, Counter> reads = new EnumMap<>(Outcome.class);

  /** What a query came to. */
  public enum Outcome {
    /** The profile, from the instance that folds it. */
    FOUND,
    /** The profile, from a standby replica. */
    STANDBY,
    /** Nothing is known of the ID. */
    UNKNOWN,
    /** No instance could tell. */
    UNAVAILABLE
  }

  /** Registers the meters. */
  public QueryMetrics(MeterRegistry registry) {
    for (Outcome outcome : Outcome.values()) {
      reads.put(
          outcome,
          Counter.builder("presage.profile.reads")
              .description("Queries for profiles that this instance was asked, by outcome")
              .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
  }

  /** Counts a query. */
  public void read(Outcome outcome) {
    Counter counter = reads.get(outcome);
    if (counter != null) {
      counter.increment();
    }
  }
}
