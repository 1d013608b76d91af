package dev.presage.retrain.rows;

import dev.presage.retrain.traits.Trait;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The rows with the smallest keys of all that were offered, at most a given number: a sample
 * without replacement that does not depend on the order of the offers. Used by one thread.
 */
final class RowSample {
  private static final Comparator<OpenRow> BY_KEY = Comparator.comparingLong(it -> it.key);

  private final int capacity;
  private final List<OpenRow> kept = new ArrayList<>();
  private long largestKey = Long.MAX_VALUE;
  private long offered;

  RowSample(int capacity) {
    this.capacity = capacity;
  }

  void offer(long key, long asOf, double[] vector, Life life) {
    offered++;
    if (key <= largestKey) {
      kept.add(new OpenRow(key, asOf, vector.clone(), life));
      // Twice the capacity, so that sorting is paid for by as many offers.
      if (kept.size() >= 2L * capacity) {
        cut();
      }
    }
  }

  long offered() {
    return offered;
  }

  /** A partition is over: its rows let go of their profiles. */
  void settle(Trait trait) {
    kept.forEach(it -> it.settle(trait));
  }

  boolean isSettled() {
    return kept.stream().allMatch(OpenRow::isSettled);
  }

  /** The sample, smallest key first. */
  List<OpenRow> rows() {
    cut();
    return List.copyOf(kept);
  }

  private void cut() {
    kept.sort(BY_KEY);
    if (kept.size() > capacity) {
      kept.subList(capacity, kept.size()).clear();
      largestKey = kept.getLast().key;
    }
  }
}
