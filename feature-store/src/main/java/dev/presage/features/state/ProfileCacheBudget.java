package dev.presage.features.state;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the heap that cached profiles take in the whole process. It is divided evenly among the
 * stores that cache any, so that it holds whichever partitions are assigned; standby replicas cache
 * none. Thread-safe.
 */
public final class ProfileCacheBudget {
  /** The bound where nothing else is said. */
  public static final long DEFAULT_BYTES = 64L << 20;

  private final long bytes;
  private final AtomicInteger stores = new AtomicInteger();

  /**
   * Makes a budget.
   *
   * @param bytes for all stores together, estimated; 0: a store keeps no profile but the last one
   */
  public ProfileCacheBudget(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes must be 0 or more, got " + bytes);
    }
    this.bytes = bytes;
  }

  /** A store begins to cache. */
  void opened() {
    stores.incrementAndGet();
  }

  /** A store has forgotten what it cached. */
  void closed() {
    stores.decrementAndGet();
  }

  /** Bytes for one store, as of now. */
  long share() {
    return bytes / Math.max(1, stores.get());
  }
}
