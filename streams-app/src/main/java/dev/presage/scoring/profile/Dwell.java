package dev.presage.scoring.profile;

import dev.presage.scoring.rules.ScoringRules;
import dev.presage.scoring.rules.Segmentation;

/** When the rules decide again about a profile that dwells in its segments. */
public final class Dwell {
  /** No segment of the profile has a minimum dwell that is still to end. */
  public static final long NONE = Long.MAX_VALUE;

  private Dwell() {}

  /**
   * The first event time after another at which the minimum dwell of one of a profile's segments
   * ends, in milliseconds: a profile that is silent until then can change its segment then. {@link
   * #NONE} where there is no such time.
   */
  public static long endsNext(Profile profile, ScoringRules rules, long afterMillis) {
    long next = NONE;
    for (Segmentation segmentation : rules.segmentations()) {
      PublishedSegment current = profile.segment(segmentation.id());
      if (current != null) {
        long ends = segmentation.dwellEndsAt(current);
        if (ends > afterMillis && ends < next) {
          next = ends;
        }
      }
    }
    return next;
  }
}
