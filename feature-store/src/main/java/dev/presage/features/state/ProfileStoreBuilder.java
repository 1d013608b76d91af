package dev.presage.features.state;

import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Builds profile stores over Kafka Streams' persistent key-value store with its changelog.
 *
 * @param <P> a profile, mutable
 */
public final class ProfileStoreBuilder<P> implements StoreBuilder<ProfileStore<P>> {
  /**
   * With its key and what a record needs besides, within the 1 MiB that brokers take by default.
   */
  private static final int MAX_BODY_BYTES = 1_000_000;

  private final StoreBuilder<KeyValueStore<Bytes, byte[]>> inner;
  private final ProfileFormat<P> format;
  private final int maxBodyBytes;
  private final ProfileCacheBudget budget;
  private final ProfileStoreStatistics statistics;

  /**
   * Makes a builder.
   *
   * @param name of the store; its changelog is {@code <application ID>-<name>-changelog}
   * @param format of the profiles
   * @param budget of the caches of all stores of the process
   * @param statistics where the stores count
   */
  public ProfileStoreBuilder(
      String name,
      ProfileFormat<P> format,
      ProfileCacheBudget budget,
      ProfileStoreStatistics statistics) {
    this(
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray()),
        format,
        MAX_BODY_BYTES,
        budget,
        statistics);
  }

  ProfileStoreBuilder(
      StoreBuilder<KeyValueStore<Bytes, byte[]>> inner,
      ProfileFormat<P> format,
      int maxBodyBytes,
      ProfileCacheBudget budget,
      ProfileStoreStatistics statistics) {
    this.inner = inner;
    this.format = format;
    this.maxBodyBytes = maxBodyBytes;
    this.budget = budget;
    this.statistics = statistics;
  }

  @Override
  public ProfileStore<P> build() {
    return new CachedProfileStore<>(inner.build(), format, maxBodyBytes, budget, statistics);
  }

  /** Does nothing: profiles are cached in any case, and their bytes need not be once more. */
  @Override
  public StoreBuilder<ProfileStore<P>> withCachingEnabled() {
    return this;
  }

  /**
   * Not possible.
   *
   * @throws UnsupportedOperationException always; a budget of 0 bytes comes near it
   */
  @Override
  public StoreBuilder<ProfileStore<P>> withCachingDisabled() {
    throw new UnsupportedOperationException(
        "A profile store always caches; give it a budget of 0 bytes");
  }

  @Override
  public StoreBuilder<ProfileStore<P>> withLoggingEnabled(Map<String, String> config) {
    inner.withLoggingEnabled(config);
    return this;
  }

  @Override
  public StoreBuilder<ProfileStore<P>> withLoggingDisabled() {
    inner.withLoggingDisabled();
    return this;
  }

  @Override
  public Map<String, String> logConfig() {
    return inner.logConfig();
  }

  @Override
  public boolean loggingEnabled() {
    return inner.loggingEnabled();
  }

  @Override
  public String name() {
    return inner.name();
  }
}
