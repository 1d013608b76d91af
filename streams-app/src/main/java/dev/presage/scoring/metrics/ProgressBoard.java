package dev.presage.scoring.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Where the partitions of this instance say how far they have come. Thread-safe. */
public final class ProgressBoard {
  private final ConcurrentMap<Integer, PartitionProgress> partitions = new ConcurrentHashMap<>();

  private final ConcurrentMap<Integer, CensusProgress> censuses = new ConcurrentHashMap<>();

  /** Replaces what a partition said before. */
  public void report(int partition, PartitionProgress progress) {
    partitions.put(partition, progress);
  }

  /** Replaces what a partition said of its census before. */
  public void counted(int partition, CensusProgress progress) {
    censuses.put(partition, progress);
  }

  /** The partition is on another instance now, or on none. */
  public void left(int partition) {
    partitions.remove(partition);
    censuses.remove(partition);
  }

  /** The partitions that this instance has now. */
  public Map<Integer, PartitionProgress> partitions() {
    return new TreeMap<>(partitions);
  }

  /** The censuses of the partitions that this instance has now. */
  public Map<Integer, CensusProgress> censuses() {
    return new TreeMap<>(censuses);
  }
}
