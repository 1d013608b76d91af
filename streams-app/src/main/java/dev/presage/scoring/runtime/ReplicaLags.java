package dev.presage.scoring.runtime;

import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps the lags of replicas for a second, since every measurement asks the brokers. */
final class ReplicaLags {
  private static final long KEPT_NANOS = Duration.ofSeconds(1).toNanos();

  private final Supplier<Map<Integer, Long>> measure;
  private final LongSupplier nanos;
  private @Nullable Map<Integer, Long> lags;
  private long measuredNanos;

  /**
   * Keeps lags.
   *
   * @param measure gives the lags by partition
   * @param nanos a clock that never goes back
   */
  ReplicaLags(Supplier<Map<Integer, Long>> measure, LongSupplier nanos) {
    this.measure = measure;
    this.nanos = nanos;
  }

  /** Records that are missing, by partition. */
  synchronized Map<Integer, Long> current() {
    Map<Integer, Long> known = lags;
    long now = nanos.getAsLong();
    if (known == null || now - measuredNanos > KEPT_NANOS) {
      known = Map.copyOf(measure.get());
      lags = known;
      measuredNanos = now;
    }
    return known;
  }
}
