package dev.presage.retrain.rows;

/**
 * What one ID did while it was a profile: from its first event, or from when it was let in again,
 * until it was absorbed or erased.
 */
final class Life {
  final String profileId;
  final TargetTimes targets = new TargetTimes();
  private long knownUntil = Long.MAX_VALUE;
  private boolean isErased;
  private boolean hasBegun;
  private boolean isTrusted;

  Life(String profileId) {
    this.profileId = profileId;
  }

  /** Says whether this is its first event. */
  boolean begin() {
    boolean isFirst = !hasBegun;
    hasBegun = true;
    return isFirst;
  }

  /** From here on it goes on in another profile. */
  void endAt(long millis) {
    knownUntil = millis;
  }

  /** Whether what it declares can be trusted, as far as is known by now. */
  void trust(boolean trusted) {
    isTrusted = trusted;
  }

  boolean isTrusted() {
    return isTrusted;
  }

  void erase() {
    isErased = true;
  }

  boolean isErased() {
    return isErased;
  }

  /** Until when it is known what it did, milliseconds since the epoch. */
  long knownUntil() {
    return knownUntil;
  }
}
