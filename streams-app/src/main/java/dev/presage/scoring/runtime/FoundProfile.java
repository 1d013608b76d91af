package dev.presage.scoring.runtime;

import dev.presage.scoring.profile.Profile;
import org.jspecify.annotations.Nullable;

/**
 * A profile that was read.
 *
 * @param profile a copy of the reader's own
 * @param standbyLag where a standby replica answered, how many records of the changelog it had not
 *     applied up to a second before; else null
 */
public record FoundProfile(Profile profile, @Nullable Long standbyLag) {

  /** Says whether a standby replica answered. */
  public boolean isStandby() {
    return standbyLag != null;
  }
}
