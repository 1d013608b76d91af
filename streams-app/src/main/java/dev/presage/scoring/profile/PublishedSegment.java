package dev.presage.scoring.profile;

import dev.presage.scoring.rules.SegmentMembership;

/**
 * The segment of a segmentation that a profile is in.
 *
 * @param segmentationId stands for the segmentation, see {@link dev.presage.scoring.rules.NameId}
 * @param segmentId stands for the segment
 * @param sinceMillis the event time at which the profile entered it
 */
public record PublishedSegment(int segmentationId, int segmentId, long sinceMillis)
    implements SegmentMembership {}
