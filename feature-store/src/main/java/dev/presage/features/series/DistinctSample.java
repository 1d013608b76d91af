package dev.presage.features.series;

import java.util.Arrays;

/**
 * How many different identifiers were seen since any time: exactly while there are at most {@value
 * #EXACT}, beyond that by a sample of them that favours the recent ones.
 *
 * <p><b>What is kept.</b> Of each identifier its hash, 32 bits, and the last time at which it was
 * seen. An entry is dropped when {@value #EXACT} entries that are newer have smaller hashes. So the
 * {@value #EXACT} smallest hashes of every window that reaches up to now are there, and of n
 * identifiers about {@value #EXACT} (1 + ln(n / {@value #EXACT})) are kept: bottom-k sampling [1],
 * over every window at once, as in [2].
 *
 * <p><b>Estimate.</b> An entry is there because its hash is below a threshold that depends on newer
 * entries only, so with a known probability p; it stands for 1 / p identifiers, and the sum of
 * these weights over a window is an unbiased estimate (Horvitz and Thompson) with a relative
 * standard error of about 1 / sqrt({@value #EXACT}) = 9%. Weights are kept to 1/32 of a power of
 * two, which adds at most 1.1%.
 *
 * <p>The union of two samples is the sample of the union, whatever the order.
 *
 * <p>[1] E. Cohen, H. Kaplan: Summarizing data using bottom-k sketches, PODC 2007. [2] B. Babcock,
 * M. Datar, R. Motwani: Sampling from a moving window over streaming data, SODA 2002.
 */
public final class DistinctSample {
  /** Up to so many identifiers are counted exactly. */
  public static final int EXACT = 128;

  /** The relative standard error of the estimate where there are more. */
  public static final double RELATIVE_STANDARD_ERROR = 0.09;

  /** So many entries come in before it is pruned. */
  static final int SLACK = 64;

  /** No more entries than this are ever kept. */
  public static final int MAX = 4_096;

  private static final int INITIAL_CAPACITY = 4;
  private static final double WEIGHTS_IN_DOUBLING = 32;
  private static final double HASHES = 0x1p32;
  private static final double[] WEIGHTS = new double[1 << 10];

  static {
    for (int i = 0; i < WEIGHTS.length; i++) {
      WEIGHTS[i] = StrictMath.pow(2, i / WEIGHTS_IN_DOUBLING);
    }
    WEIGHTS[0] = 1;
  }

  private int size;
  private int unpruned;
  private int[] hashes = {};
  private long[] times = {};
  private short[] weights = {};
  private long[] seenAgain = {};
  private double[] sums = {};
  private boolean summed;

  /** Spreads the bits of an identifier over its hash; a part of stored states. */
  public static int hashOf(long bits) {
    long hash = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return (int) (hash >>> 32);
  }

  /** Returns the number of entries. */
  public int size() {
    return size;
  }

  public int hash(int index) {
    return hashes[index];
  }

  /** Returns when an entry was last seen, in milliseconds since 1970; later ones come later. */
  public long time(int index) {
    return times[index];
  }

  /** Returns the weight of an entry, as the 32nd root of two to this power; from 0 to 1023. */
  public int weight(int index) {
    return weights[index];
  }

  /** Returns how many entries came since it was pruned. */
  public int unpruned() {
    return unpruned;
  }

  /** Appends an entry that is not older than any other; for decoding. */
  public void append(int hash, long time, int weight) {
    insertAt(size, hash, time, weight);
  }

  /** Sets how many entries came since it was pruned; for decoding. */
  public void setUnpruned(int entries) {
    unpruned = entries;
  }

  /** Adds an identifier that was seen at a time. */
  void add(int hash, long time) {
    int known = indexOf(hash);
    if (known >= 0) {
      if (times[known] >= time) {
        return;
      }
      remove(known);
    }
    insert(hash, time);
    unpruned++;
    if (unpruned >= SLACK && size > EXACT) {
      prune();
    }
  }

  /** Adds all that another one has. */
  void addAll(DistinctSample other) {
    for (int i = 0; i < other.size; i++) {
      int known = indexOf(other.hashes[i]);
      if (known < 0 || times[known] < other.times[i]) {
        if (known >= 0) {
          remove(known);
        }
        insert(other.hashes[i], other.times[i]);
      }
    }
    prune();
  }

  /**
   * Returns the number of identifiers whose last time is in (tail, end] and that no event saw again
   * at or before the end.
   *
   * @param end at or after every time at which an entry was seen again, or the past
   */
  double count(long tail, long end, boolean past) {
    if (size == 0) {
      return 0;
    }
    int from = countUntil(tail);
    int to = countUntil(end);
    if (!past) {
      sum();
      return sums[from] - sums[to];
    }
    double count = 0;
    for (int i = from; i < to; i++) {
      count += seenAgain[i] > end ? WEIGHTS[weights[i]] : 0;
    }
    return count;
  }

  /** Says whether an identifier whose last time is in (tail, end] stands for more than itself. */
  boolean isWeighted(long tail, long end) {
    if (size == 0) {
      return false;
    }
    int to = countUntil(end);
    for (int i = countUntil(tail); i < to; i++) {
      if (weights[i] != 0) {
        return true;
      }
    }
    return false;
  }

  /** Says that an event that is held one by one has an identifier. */
  void seeAgain(int hash, long time) {
    int known = indexOf(hash);
    if (known >= 0) {
      seenAgain[known] = Math.min(seenAgain[known], time);
      summed = false;
    }
  }

  /** Forgets what the events that are held have. */
  void forgetSeenAgain() {
    Arrays.fill(seenAgain, 0, size, Long.MAX_VALUE);
    summed = false;
  }

  private void sum() {
    if (summed) {
      return;
    }
    if (sums.length <= size) {
      sums = new double[hashes.length + 1];
    }
    // From the newest on, which weigh one each, so that their sum is exact.
    sums[size] = 0;
    for (int i = size - 1; i >= 0; i--) {
      sums[i] = sums[i + 1] + (seenAgain[i] == Long.MAX_VALUE ? WEIGHTS[weights[i]] : 0);
    }
    summed = true;
  }

  /** Drops what is not among the smallest hashes of its window, and weighs the rest anew. */
  private void prune() {
    // A heap of the smallest hashes of newer entries, the greatest of them on top.
    long[] smallest = new long[EXACT];
    int held = 0;
    int kept = size;
    for (int i = size - 1; i >= 0; i--) {
      long hash = Integer.toUnsignedLong(hashes[i]);
      int weight = 0;
      if (held == EXACT) {
        if (hash >= smallest[0]) {
          continue;
        }
        weight = weight(smallest[0]);
        smallest[0] = hash;
        siftDown(smallest);
      } else {
        smallest[held++] = hash;
        if (held == EXACT) {
          Arrays.sort(smallest);
          reverse(smallest);
        }
      }
      kept--;
      hashes[kept] = hashes[i];
      times[kept] = times[i];
      weights[kept] = (short) weight;
      seenAgain[kept] = seenAgain[i];
    }
    if (size - kept > MAX) {
      kept = size - MAX;
    }
    dropOldest(kept);
    unpruned = 0;
  }

  private void dropOldest(int count) {
    size -= count;
    System.arraycopy(hashes, count, hashes, 0, size);
    System.arraycopy(times, count, times, 0, size);
    System.arraycopy(weights, count, weights, 0, size);
    System.arraycopy(seenAgain, count, seenAgain, 0, size);
    summed = false;
  }

  private static int weight(long threshold) {
    double doublings = StrictMath.log(HASHES / Math.max(1, threshold)) / StrictMath.log(2);
    return (int) Math.min(WEIGHTS.length - 1, Math.rint(doublings * WEIGHTS_IN_DOUBLING));
  }

  private static void siftDown(long[] heap) {
    int at = 0;
    while (true) {
      int child = 2 * at + 1;
      if (child >= heap.length) {
        return;
      }
      if (child + 1 < heap.length && heap[child + 1] > heap[child]) {
        child++;
      }
      if (heap[at] >= heap[child]) {
        return;
      }
      long spare = heap[at];
      heap[at] = heap[child];
      heap[child] = spare;
      at = child;
    }
  }

  /** Descending order is a heap with the greatest on top. */
  private static void reverse(long[] ascending) {
    for (int i = 0, j = ascending.length - 1; i < j; i++, j--) {
      long spare = ascending[i];
      ascending[i] = ascending[j];
      ascending[j] = spare;
    }
  }

  private void insert(int hash, long time) {
    int at = size;
    while (at > 0 && isAfter(at - 1, time, hash)) {
      at--;
    }
    insertAt(at, hash, time, 0);
  }

  private boolean isAfter(int index, long time, int hash) {
    return times[index] > time || (times[index] == time && hashes[index] > hash);
  }

  private void insertAt(int at, int hash, long time, int weight) {
    if (size == hashes.length) {
      int capacity = Math.max(INITIAL_CAPACITY, 2 * size);
      hashes = Arrays.copyOf(hashes, capacity);
      times = Arrays.copyOf(times, capacity);
      weights = Arrays.copyOf(weights, capacity);
      seenAgain = Arrays.copyOf(seenAgain, capacity);
    }
    System.arraycopy(hashes, at, hashes, at + 1, size - at);
    System.arraycopy(times, at, times, at + 1, size - at);
    System.arraycopy(weights, at, weights, at + 1, size - at);
    System.arraycopy(seenAgain, at, seenAgain, at + 1, size - at);
    hashes[at] = hash;
    times[at] = time;
    weights[at] = (short) weight;
    seenAgain[at] = Long.MAX_VALUE;
    size++;
    summed = false;
  }

  private void remove(int at) {
    int rest = size - at - 1;
    System.arraycopy(hashes, at + 1, hashes, at, rest);
    System.arraycopy(times, at + 1, times, at, rest);
    System.arraycopy(weights, at + 1, weights, at, rest);
    System.arraycopy(seenAgain, at + 1, seenAgain, at, rest);
    size--;
    summed = false;
  }

  private int indexOf(int hash) {
    for (int i = size - 1; i >= 0; i--) {
      if (hashes[i] == hash) {
        return i;
      }
    }
    return -1;
  }

  private int countUntil(long time) {
    if (time >= times[size - 1]) {
      return size;
    }
    return time < times[0] ? 0 : SortedTimes.countUntil(times, 0, size, time);
  }
}
