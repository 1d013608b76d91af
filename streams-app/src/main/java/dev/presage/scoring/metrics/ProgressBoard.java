package dev.presage.scoring.metrics;

import dev.presage.scoring.entity.EntityType;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Where the partitions of this instance say how far they have come. Thread-safe. */
public final class ProgressBoard {
  private static final Comparator<LogPartition> ORDER =
      Comparator.comparing(LogPartition::entityType).thenComparing(LogPartition::partition);

  private final ConcurrentMap<LogPartition, PartitionProgress> partitions =
      new ConcurrentHashMap<>();
  private final ConcurrentMap<LogPartition, CensusProgress> censuses = new ConcurrentHashMap<>();
  private final ConcurrentMap<LogPartition, CallProgress> calls = new ConcurrentHashMap<>();

  /**
   * A partition of the profile log of an entity type.
   *
   * @param entityType name of the entity type
   * @param partition its number
   */
  public record LogPartition(String entityType, int partition) {}

  /** Replaces what a partition said before. */
  public void report(EntityType entityType, int partition, PartitionProgress progress) {
    partitions.put(new LogPartition(entityType.name(), partition), progress);
  }

  /** Replaces what a partition said of its census before. */
  public void counted(EntityType entityType, int partition, CensusProgress progress) {
    censuses.put(new LogPartition(entityType.name(), partition), progress);
  }

  /** Replaces what a partition said of calls before. */
  public void called(EntityType entityType, int partition, CallProgress progress) {
    calls.put(new LogPartition(entityType.name(), partition), progress);
  }

  /** The partition is on another instance now, or on none. */
  public void left(EntityType entityType, int partition) {
    LogPartition here = new LogPartition(entityType.name(), partition);
    partitions.remove(here);
    censuses.remove(here);
    calls.remove(here);
  }

  /** The partitions that this instance has now, by entity type and number. */
  public Map<LogPartition, PartitionProgress> partitions() {
    return ordered(partitions);
  }

  /** The censuses of the partitions that this instance has now, by entity type and number. */
  public Map<LogPartition, CensusProgress> censuses() {
    return ordered(censuses);
  }

  /**
   * How far the partitions that this instance has now have come with calls, by entity type and
   * number; empty where there is nothing that could call.
   */
  public Map<LogPartition, CallProgress> calls() {
    return ordered(calls);
  }

  private static <V> Map<LogPartition, V> ordered(Map<LogPartition, V> byPartition) {
    Map<LogPartition, V> ordered = new TreeMap<>(ORDER);
    ordered.putAll(byPartition);
    return ordered;
  }
}
