package dev.presage.scoring.runtime;

import dev.presage.scoring.profile.Profile;
import java.util.Optional;

/**
 * The profile stores of this instance, by partition, and what it knows of those of others. Every
 * method throws {@link StoreUnavailableException} where it cannot tell now. Thread-safe.
 */
interface ProfileStores {

  /** Where the profile of a key is kept. */
  Whereabouts find(byte[] key);

  /** Reads a profile from a partition that this instance folds. */
  Optional<Profile> readActive(byte[] key, int partition);

  /** Reads a profile from a standby replica of a partition. */
  Optional<Profile> readStandby(byte[] key, int partition);

  /**
   * How many records of the changelog the replica of a partition has not applied yet, as of now or
   * up to a second ago.
   */
  long lag(int partition);
}
