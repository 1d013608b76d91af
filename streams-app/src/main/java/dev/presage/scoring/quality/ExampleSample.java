package dev.presage.scoring.quality;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The examples that one version of a model scored: all of them while there are few, beyond that a
 * sample by the hash of their keys. Used under its owner's lock.
 *
 * <p>Those are kept whose hashes begin with as many zero bits as the level says; where there are
 * too many, the level rises. So an example and its label, which come one after the other under the
 * same key, are both kept or both not.
 */
final class ExampleSample {
  private final int most;
  private final Map<Long, ServedExample> byHash = new HashMap<>();
  private int level;

  /**
   * @param most how many are kept at most, at least 1
   */
  ExampleSample(int most) {
    this.most = most;
  }

  /** Whether an example under a key of this hash is kept. */
  boolean takes(long hash) {
    return Long.numberOfLeadingZeros(hash) >= level;
  }

  /**
   * Keeps an example, in the place of an earlier one under the same key.
   *
   * @param hash one that {@link #takes} says yes to
   * @param untilMillis examples as of this time or before are too old to count, and go first where
   *     there are too many
   */
  void put(long hash, ServedExample example, long untilMillis) {
    byHash.put(hash, example);
    if (byHash.size() > most) {
      forgetUntil(untilMillis);
    }
    while (byHash.size() > most) {
      level++;
      byHash.keySet().removeIf(it -> !takes(it));
    }
  }

  void remove(long hash) {
    byHash.remove(hash);
  }

  /** Those that are later than a time, in no order; others are forgotten. */
  List<ServedExample> after(long untilMillis) {
    forgetUntil(untilMillis);
    return List.copyOf(byHash.values());
  }

  private void forgetUntil(long untilMillis) {
    byHash.values().removeIf(it -> it.asOfMillis() <= untilMillis);
  }
}
