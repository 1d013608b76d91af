package dev.presage.endtoend;

import java.util.Arrays;

/** Times that things took. One thread adds. */
final class Latencies {
  private long[] nanos = new long[1 << 12];
  private int count;

  void add(long took) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = took;
  }

  int count() {
    return count;
  }

  /**
   * The least time within which a share of them were, in milliseconds.
   *
   * @param share above 0, at most 1
   * @throws IllegalStateException where there are none
   */
  double millis(double share) {
    if (count == 0) {
      throw new IllegalStateException("No trait update came for the events that were sent");
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(share * count) - 1)] / 1e6;
  }
}
