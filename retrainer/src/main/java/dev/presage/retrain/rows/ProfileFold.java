package dev.presage.retrain.rows;

import dev.presage.features.ProfileState;
import dev.presage.features.identity.Identity;
import dev.presage.features.identity.Known;
import java.util.ArrayList;
import java.util.List;

/** What is known under one ID while its partition is read. */
final class ProfileFold implements Known {
  private final String profileId;
  private final long hash;
  private final List<Life> lives = new ArrayList<>(1);
  private Identity identity = Identity.NEW;
  private ProfileState features;
  private Life life;
  private int rows;

  /** The next cut time at which it was not shown yet; never while it has no events. */
  long nextCut = CutTimes.NEVER;

  ProfileFold(String profileId, ProfileState features) {
    this.profileId = profileId;
    this.hash = RowKey.ofProfile(profileId);
    this.features = features;
    // Nothing is stored here, and the log of what was applied is a good part of a small state.
    features.log().markFull();
    this.life = new Life(profileId);
    lives.add(life);
  }

  @Override
  public Identity identity() {
    return identity;
  }

  @Override
  public ProfileState features() {
    return features;
  }

  @Override
  public void become(Identity next, ProfileState nextFeatures) {
    if (next instanceof Identity.Erased) {
      lives.forEach(Life::erase);
      lives.clear();
    }
    boolean wasOwn = identity instanceof Identity.Own;
    boolean isOwn = next instanceof Identity.Own;
    if (isOwn && !wasOwn) {
      life = new Life(profileId);
      lives.add(life);
    } else if (!isOwn) {
      nextCut = CutTimes.NEVER;
    }
    identity = next;
    features = nextFeatures;
  }

  /** What it does now, or did last. */
  Life life() {
    return life;
  }

  long nextRowKey() {
    return RowKey.of(hash, rows++);
  }
}
