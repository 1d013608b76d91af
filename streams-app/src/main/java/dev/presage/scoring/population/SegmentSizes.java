package dev.presage.scoring.population;

import java.util.Map;
import java.util.TreeMap;

/**
 * How many profiles are in which segment of a segmentation. Immutable.
 *
 * @param members by name of the segment; those that are not empty
 * @param former in segments that the definition does not have any more
 * @param partitions how many partitions have been counted completely
 * @param isComplete whether every partition has
 */
public record SegmentSizes(
    Map<String, Long> members, long former, int partitions, boolean isComplete) {
  /** Nothing is known. */
  public static final SegmentSizes NONE = new SegmentSizes(Map.of(), 0, 0, false);

  public SegmentSizes {
    members = Map.copyOf(new TreeMap<>(members));
  }

  /** How many profiles are in a segment. */
  public long of(String segment) {
    return members.getOrDefault(segment, 0L);
  }
}
