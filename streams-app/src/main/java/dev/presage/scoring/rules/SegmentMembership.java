package dev.presage.scoring.rules;

/** That a profile is in a segment of a segmentation, and since when. */
public interface SegmentMembership {
  /** Stands for the segment, see {@link NameId}. */
  int segmentId();

  /** The event time at which the profile entered it, in milliseconds since 1970. */
  long sinceMillis();
}
