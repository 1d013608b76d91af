package dev.presage.features.series;

import java.util.Arrays;

/**
 * Says of most hashes that are not in a list that they are not, without looking through the list: a
 * Bloom filter with one bit a hash. It cannot forget, so that it has to be made anew from time to
 * time.
 */
final class HashFilter {
  private static final int BITS = 1 << 13;

  private final long[] bits = new long[BITS / Long.SIZE];
  private int added;

  void clear() {
    Arrays.fill(bits, 0);
    added = 0;
  }

  void add(long hash) {
    bits[word(hash)] |= 1L << hash;
    added++;
  }

  /** Returns how many hashes were added. */
  int added() {
    return added;
  }

  boolean mayHave(long hash) {
    return (bits[word(hash)] & 1L << hash) != 0;
  }

  private static int word(long hash) {
    return (int) (hash >>> 6) & (BITS / Long.SIZE - 1);
  }
}
