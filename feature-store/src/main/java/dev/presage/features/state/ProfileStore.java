package dev.presage.features.state;

import org.apache.kafka.streams.processor.StateStore;
import org.jspecify.annotations.Nullable;

/**
 * The profiles of one partition, for the thread that folds them; made by {@link
 * ProfileStoreBuilder}. Everybody else reads by {@link StoredProfiles}.
 *
 * @param <P> a profile, mutable
 */
public interface ProfileStore<P> extends StateStore, ProfileKeys {

  /**
   * Returns the profile of a key, which the caller may change if it puts it afterwards; null where
   * there is none. It is the caller's until the next call.
   */
  @Nullable P get(byte[] key);

  /**
   * Keeps a profile, new or changed: best the one that {@link #get} gave, as another is written
   * whole. It is written when Kafka Streams commits, at the latest, in the same transaction as the
   * records that were forwarded meanwhile.
   */
  void put(byte[] key, P profile);

  /**
   * Returns a part of the profile of a key, as it is now, for whoever goes through many of them:
   * none is kept decoded for it. Null where there is no profile.
   */
  <E> @Nullable E peek(byte[] key, ProfileExtract<P, E> extract);

  /** Removes a profile, if there is one. */
  void delete(byte[] key);
}
