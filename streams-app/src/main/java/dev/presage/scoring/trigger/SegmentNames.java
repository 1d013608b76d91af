package dev.presage.scoring.trigger;

import java.util.List;

/**
 * A segmentation that triggers can wait for.
 *
 * @param segments names of its segments
 */
public record SegmentNames(String segmentation, String entityType, List<String> segments) {
  public SegmentNames {
    segments = List.copyOf(segments);
  }
}
