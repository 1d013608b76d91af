package dev.presage.scoring.rules;

import org.jspecify.annotations.Nullable;

/**
 * Where a profile belongs in a segmentation, and why.
 *
 * @param outcome what becomes of the profile
 * @param segment name of the segment that it is in after the decision; null where nothing could be
 *     decided
 * @param segmentId stands for that segment in the state of profiles; 0 where there is none
 * @param rule the expression that decided, as in the definition; null where none was looked at
 */
public record SegmentDecision(
    Outcome outcome, @Nullable String segment, int segmentId, @Nullable String rule) {
  static final SegmentDecision UNDECIDED = new SegmentDecision(Outcome.UNDECIDED, null, 0, null);

  /** What becomes of a profile. */
  public enum Outcome {
    /** A trait or percentile that the rules read has no value: the profile is left where it is. */
    UNDECIDED,
    /** It entered its segment less than the minimum dwell ago. */
    DWELLS,
    /** The rule to stay of its segment holds, or that segment is the one it would enter. */
    STAYS,
    /** It enters another segment, or its first one. */
    ENTERS
  }
}
