package dev.presage.retrain.rows;

import dev.presage.features.ProfileState;

/** One profile while its partition is read. */
final class ProfileFold {
  final ProfileState state;
  final TargetTimes targets = new TargetTimes();
  private final long hash;
  private int rows;

  /** The next calendar cut time that has no row yet. */
  long nextCut;

  ProfileFold(String profileId, ProfileState state, long nextCut) {
    this.hash = RowKey.ofProfile(profileId);
    this.state = state;
    this.nextCut = nextCut;
  }

  long nextRowKey() {
    return RowKey.of(hash, rows++);
  }
}
