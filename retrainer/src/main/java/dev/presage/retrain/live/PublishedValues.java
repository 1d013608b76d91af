package dev.presage.retrain.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The updates of a trait, and what a consumer who has read them up to a time holds of a profile
 * then. Used by one thread.
 */
public final class PublishedValues {
  private final Map<String, List<Update>> byProfile = new HashMap<>();

  /**
   * Adds the next update of a profile, in the order of its topic.
   *
   * @param asOf the event time at which the value holds, milliseconds since the epoch
   * @param isOfSilence whether the profile was scored because it sent nothing
   */
  public void add(String profileId, long asOf, double value, boolean isOfSilence) {
    byProfile
        .computeIfAbsent(profileId, id -> new ArrayList<>(2))
        .add(new Update(asOf, value, isOfSilence));
  }

  /** The value of the last update as of a time or earlier; NaN where there is none. */
  public double held(String profileId, long at) {
    return held(profileId, at, true);
  }

  /** The same, as if there were no updates of silence. */
  public double heldWithoutSilence(String profileId, long at) {
    return held(profileId, at, false);
  }

  private double held(String profileId, long at, boolean withSilence) {
    for (Update update : byProfile.getOrDefault(profileId, List.of()).reversed()) {
      if (update.asOf <= at && (withSilence || !update.isOfSilence)) {
        return update.value;
      }
    }
    return Double.NaN;
  }

  private record Update(long asOf, double value, boolean isOfSilence) {}
}
