package dev.presage.retrain.rows;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Served vectors by the keys of their examples: at most a given number, those whose keys have the
 * smallest hashes, so that it does not depend on the order in which they come. Used by one thread.
 */
public final class ServedSample {
  private final int capacity;
  private final Map<String, ServedVector> kept = new HashMap<>();
  private long largestHash = Long.MAX_VALUE;
  private long seen;

  /**
   * An empty sample.
   *
   * @param capacity most vectors, at least 1
   */
  public ServedSample(int capacity) {
    this.capacity = capacity;
  }

  /** Takes a vector, or puts it in place of the one that has its key. */
  public void put(String key, ServedVector vector) {
    seen++;
    if (hash(key) <= largestHash) {
      kept.put(key, vector);
      // Twice the capacity, so that sorting is paid for by as many vectors.
      if (kept.size() >= 2L * capacity) {
        cut();
      }
    }
  }

  /** The example with a key is not to be kept any longer. */
  public void remove(String key) {
    kept.remove(key);
  }

  /** How many were put, those that came twice and those that were left out included. */
  public long seen() {
    return seen;
  }

  /** The sample. */
  public List<ServedVector> vectors() {
    cut();
    return List.copyOf(kept.values());
  }

  private void cut() {
    if (kept.size() > capacity) {
      List<String> last =
          kept.keySet().stream()
              .sorted(Comparator.comparingLong(ServedSample::hash))
              .skip(capacity)
              .toList();
      largestHash = hash(last.getFirst()) - 1;
      last.forEach(kept::remove);
    }
  }

  private static long hash(String key) {
    return RowKey.of(RowKey.ofProfile(key), 0);
  }
}
