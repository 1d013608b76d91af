package dev.presage.scoring.profile;

import dev.presage.features.state.ProfileStore;
import dev.presage.scoring.population.PartitionCensus;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Goes through all profiles of a partition once for the census, a few at a time. Used by one
 * thread.
 */
final class CensusScan {
  private static final int BATCH = 64;

  private final ProfileStore<Profile> profiles;
  private final PartitionCensus census;

  CensusScan(ProfileStore<Profile> profiles, PartitionCensus census) {
    this.profiles = profiles;
    this.census = census;
  }

  /**
   * Goes on.
   *
   * @param isGoingOn asked before each profile
   */
  void goOn(BooleanSupplier isGoingOn) {
    while (!census.isDone()) {
      List<byte[]> keys = profiles.keysAfter(census.last(), BATCH);
      for (byte[] key : keys) {
        if (!isGoingOn.getAsBoolean()) {
          return;
        }
        Publications published = profiles.peek(key, PublicationsExtract.INSTANCE);
        if (published != null) {
          count(published);
        }
        census.pass(key);
      }
      if (keys.size() < BATCH) {
        census.finish();
      }
    }
  }

  private void count(Publications published) {
    for (PublishedTrait trait : published.traits()) {
      census.countTrait(trait.traitId(), trait.lastValue());
    }
    for (PublishedSegment segment : published.segments()) {
      census.countSegment(segment.segmentationId(), segment.segmentId());
    }
  }
}
