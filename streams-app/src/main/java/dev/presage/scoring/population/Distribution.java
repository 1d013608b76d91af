package dev.presage.scoring.population;

import java.util.ArrayList;
import java.util.List;

/**
 * The values of a trait in the whole population, or in as much of it as has been counted.
 * Immutable.
 */
public final class Distribution {
  /** How many buckets can be asked for. */
  public static final int MOST_BUCKETS = 1000;

  private final Bins bins;

  /** Profiles in the bins before each; one more than there are bins. */
  private final long[] before;

  private final int partitions;
  private final boolean isComplete;

  private Distribution(Bins bins, long[] before, int partitions, boolean isComplete) {
    this.bins = bins;
    this.before = before;
    this.partitions = partitions;
    this.isComplete = isComplete;
  }

  /**
   * @param counts profiles by bin, {@code long[bins]}
   * @param partitions how many partitions have been counted completely
   */
  static Distribution of(Bins bins, long[] counts, int partitions, boolean isComplete) {
    long[] before = new long[counts.length + 1];
    for (int bin = 0; bin < counts.length; bin++) {
      before[bin + 1] = before[bin] + counts[bin];
    }
    return new Distribution(bins, before, partitions, isComplete);
  }

  /** How many profiles have a value. */
  public long profiles() {
    return before[before.length - 1];
  }

  /** Whether every partition has been counted completely. */
  public boolean isComplete() {
    return isComplete;
  }

  /** How many partitions have been counted completely. */
  public int partitions() {
    return partitions;
  }

  /**
   * Where a value ranks: the share of the population with a lower value, and half of the share with
   * the same one, in percent. Values in the same bin count as the same, so that the rank is off by
   * at most half of the share of the population that is in the bin. Takes the same time whatever
   * the population, and allocates nothing.
   *
   * @return 0 to 100; NaN where nobody has a value, or the value is NaN
   */
  public double percentile(double value) {
    long all = profiles();
    if (all == 0 || Double.isNaN(value)) {
      return Double.NaN;
    }
    int bin = bins.bin(value);
    return 50.0 * (before[bin] + before[bin + 1]) / all;
  }

  /**
   * The lowest value of the bin in which a share of the population has been reached, or the highest
   * where the lowest bin has no end.
   *
   * @param share in [0, 1]
   * @return NaN where nobody has a value
   */
  public double quantile(double share) {
    long all = profiles();
    if (all == 0) {
      return Double.NaN;
    }
    long rank = Math.clamp((long) Math.ceil(share * all), 1L, all);
    int low = 0;
    int high = bins.count() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (before[middle + 1] >= rank) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low == 0 ? bins.from(1) : bins.from(low);
  }

  /**
   * Neighbouring bins together.
   *
   * @param from lowest value; negative infinity where there is none
   * @param to the value at which the next begins; infinity where none does
   */
  public record Bucket(double from, double to, long profiles) {}

  /**
   * The bins from the lowest to the highest that is not empty, as many of them together as it takes
   * to have no more buckets than asked for.
   *
   * @param most from 1 to 1,000
   * @throws IllegalArgumentException when it is not
   */
  public List<Bucket> buckets(int most) {
    if (most < 1 || most > MOST_BUCKETS) {
      throw new IllegalArgumentException("buckets is " + most + "; expected 1 to " + MOST_BUCKETS);
    }
    int first = 0;
    while (first < bins.count() && before[first + 1] == 0) {
      first++;
    }
    int last = bins.count() - 1;
    while (last > first && before[last] == profiles()) {
      last--;
    }
    List<Bucket> buckets = new ArrayList<>();
    int width = Math.ceilDiv(last - first + 1, most);
    for (int bin = first; bin <= last && width > 0; bin += width) {
      int end = Math.min(bin + width, last + 1);
      double to = end < bins.count() ? bins.from(end) : Double.POSITIVE_INFINITY;
      buckets.add(new Bucket(bins.from(bin), to, before[end] - before[bin]));
    }
    return buckets;
  }
}
