package dev.presage.scoring.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Where the partitions of this instance say how far they have come. Thread-safe. */
public final class ProgressBoard {
  private final ConcurrentMap<Integer, PartitionProgress> partitions = new ConcurrentHashMap<>();

  /** Replaces what a partition said before. */
  public void report(int partition, PartitionProgress progress) {
    partitions.put(partition, progress);
  }

  /** The partition is on another instance now, or on none. */
  public void left(int partition) {
    partitions.remove(partition);
  }

  /** The partitions that this instance has now. */
  public Map<Integer, PartitionProgress> partitions() {
    return new TreeMap<>(partitions);
  }
}
