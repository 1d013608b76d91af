package dev.presage.features.state;

import java.util.List;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.internals.StateStoreProvider;
import org.jspecify.annotations.Nullable;

/**
 * Reads the profiles of a running {@link ProfileStore} by interactive query, from any thread: as of
 * the last commit, or a bit later. Each answer is a copy of the caller's own.
 *
 * @param <P> a profile
 */
public interface StoredProfiles<P> {

  /** Returns the profile of a key; null where there is none. */
  @Nullable P read(byte[] key);

  /** Returns a part of the profile of a key; null where there is none. */
  <E> @Nullable E read(byte[] key, ProfileExtract<P, E> extract);

  /**
   * Returns the keys of profiles that are written, in the order of their bytes, unsigned.
   *
   * @param after the key to go on after; null to begin with the first
   * @param most how many to return; of each partition that is asked, fewer only at its end
   */
  List<byte[]> writtenKeysAfter(byte @Nullable [] after, int most);

  /**
   * The type to query a store by.
   *
   * @param <P> what the store was built with, which cannot be checked
   */
  static <P> QueryableStoreType<StoredProfiles<P>> type() {
    return new QueryableStoreType<>() {
      @Override
      public boolean accepts(StateStore store) {
        return store instanceof StoredProfiles;
      }

      @Override
      public StoredProfiles<P> create(StateStoreProvider provider, String storeName) {
        return new StoredProfilesOfPartitions<>(() -> provider.stores(storeName, this));
      }
    };
  }
}
