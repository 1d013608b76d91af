package dev.presage.scoring.population;

/** How many profiles of one partition have a value in which bin; exact. Used by one thread. */
final class Histogram {
  private final Bins bins;
  private final int[] counts;
  private long total;

  Histogram(Bins bins) {
    this.bins = bins;
    this.counts = new int[bins.count()];
  }

  Bins bins() {
    return bins;
  }

  void add(double value) {
    if (!Double.isNaN(value)) {
      counts[bins.bin(value)]++;
      total++;
    }
  }

  void remove(double value) {
    if (!Double.isNaN(value)) {
      counts[bins.bin(value)]--;
      total--;
    }
  }

  int count(int bin) {
    return counts[bin];
  }

  long total() {
    return total;
  }
}
