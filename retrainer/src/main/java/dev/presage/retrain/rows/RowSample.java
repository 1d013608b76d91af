package dev.presage.retrain.rows;

import dev.presage.retrain.traits.Trait;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The rows with the smallest keys of all that were offered, at most a given number: a sample
 * without replacement that does not depend on the order of the offers. Used by one thread.
 *
 * <p>What is offered is kept while its key is small enough, and once there are a quarter too many,
 * the largest keys are dropped. Keys are sorted as numbers and not as rows, and the vectors of
 * dropped rows are used again: there are millions of offers.
 */
final class RowSample {
  private final int capacity;
  private final long most;
  private final List<OpenRow> kept = new ArrayList<>();

  /** Rows of the partition that is read, dropped ones included. */
  private final List<OpenRow> unsettled = new ArrayList<>();

  private final Deque<double[]> spareVectors = new ArrayDeque<>();
  private long largestKey = Long.MAX_VALUE;
  private long offered;

  RowSample(int capacity) {
    this.capacity = capacity;
    this.most = capacity + Math.max(1L, capacity / 4);
  }

  /** Whether a row of this key would be kept for now. */
  boolean takes(long key) {
    return key <= largestKey;
  }

  /** A row that would not be kept is not even made. */
  void passOver() {
    offered++;
  }

  void offer(long key, long asOf, double[] vector, Life life) {
    offered++;
    if (takes(key)) {
      OpenRow row = new OpenRow(key, asOf, copy(vector), life);
      kept.add(row);
      unsettled.add(row);
      if (kept.size() >= most) {
        cut();
      }
    }
  }

  private double[] copy(double[] vector) {
    double[] spare = spareVectors.pollLast();
    if (spare == null) {
      return vector.clone();
    }
    System.arraycopy(vector, 0, spare, 0, vector.length);
    return spare;
  }

  long offered() {
    return offered;
  }

  /** A partition is over: its rows let go of their profiles. */
  void settle(Trait trait) {
    unsettled.forEach(it -> it.settle(trait));
    unsettled.clear();
  }

  boolean isSettled() {
    return unsettled.isEmpty() && kept.stream().allMatch(OpenRow::isSettled);
  }

  /** The sample, smallest key first. */
  List<OpenRow> rows() {
    cut();
    long[] keys = sortedKeys();
    OpenRow[] rows = new OpenRow[keys.length];
    for (OpenRow row : kept) {
      int at = Arrays.binarySearch(keys, row.key);
      while (at > 0 && keys[at - 1] == row.key) {
        at--;
      }
      while (rows[at] != null) {
        at++;
      }
      rows[at] = row;
    }
    return List.of(rows);
  }

  private void cut() {
    if (kept.size() <= capacity) {
      return;
    }
    long[] keys = sortedKeys();
    long last = keys[capacity - 1];
    int withLast = 1;
    while (withLast < capacity && keys[capacity - 1 - withLast] == last) {
      withLast++;
    }
    int size = 0;
    for (OpenRow row : kept) {
      if (row.key < last || (row.key == last && withLast-- > 0)) {
        kept.set(size++, row);
      } else {
        spareVectors.addLast(row.vector);
        row.drop();
      }
    }
    kept.subList(size, kept.size()).clear();
    largestKey = last;
  }

  private long[] sortedKeys() {
    long[] keys = new long[kept.size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = kept.get(i).key;
    }
    Arrays.sort(keys);
    return keys;
  }
}
