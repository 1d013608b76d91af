package dev.presage.features.state;

import java.util.concurrent.atomic.LongAdder;

/**
 * What profile stores have done since the process began; one instance may serve many stores.
 * Includes what was rolled back with a transaction. Thread-safe.
 */
public final class ProfileStoreStatistics {
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder evictions = new LongAdder();
  private final LongAdder bodies = new LongAdder();
  private final LongAdder bodyBytes = new LongAdder();
  private final LongAdder heads = new LongAdder();
  private final LongAdder headBytes = new LongAdder();
  private final LongAdder capped = new LongAdder();

  /** Profiles that were found decoded. */
  public long hits() {
    return hits.sum();
  }

  /** Profiles that were looked for in the inner store, new ones included. */
  public long misses() {
    return misses.sum();
  }

  /** Profiles that left the cache to make room. */
  public long evictions() {
    return evictions.sum();
  }

  /** Bodies written. */
  public long bodies() {
    return bodies.sum();
  }

  /** Bytes of keys and values of bodies written. */
  public long bodyBytes() {
    return bodyBytes.sum();
  }

  /** Heads written. */
  public long heads() {
    return heads.sum();
  }

  /** Bytes of keys and values of heads written. */
  public long headBytes() {
    return headBytes.sum();
  }

  /** Profiles that were too large to be stored, and so were capped. */
  public long capped() {
    return capped.sum();
  }

  void hit() {
    hits.increment();
  }

  void miss() {
    misses.increment();
  }

  void evicted() {
    evictions.increment();
  }

  void wroteBody(int bytes) {
    bodies.increment();
    bodyBytes.add(bytes);
  }

  void wroteHead(int bytes) {
    heads.increment();
    headBytes.add(bytes);
  }

  void cappedProfile() {
    capped.increment();
  }
}
