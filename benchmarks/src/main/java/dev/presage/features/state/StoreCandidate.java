package dev.presage.features.state;

import dev.presage.features.FeatureEngine;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * A way to keep profiles.
 *
 * @param name as it is printed
 * @param store the state store
 * @param opening how a processor gets at it
 * @param storedKey key of the record of a whole profile
 * @param storedValue value of it, of the features' bytes
 */
record StoreCandidate(
    String name,
    StoreBuilder<?> store,
    Function<ProcessorContext<?, ?>, ProfileAccess<LoggedProfile>> opening,
    UnaryOperator<byte[]> storedKey,
    UnaryOperator<byte[]> storedValue) {
  static final String STORE = "profiles";

  /** Decoded, encoded and put for every event, under Kafka Streams' own cache. */
  static StoreCandidate wholeForEveryEvent(FeatureEngine engine) {
    ProfileCodec codec = new ProfileCodec(engine);
    return new StoreCandidate(
        "whole-every-event",
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(STORE), Serdes.ByteArray(), Serdes.ByteArray())
            .withCachingEnabled(),
        context -> {
          KeyValueStore<byte[], byte[]> store = context.getStateStore(STORE);
          return new ProfileAccess<>() {
            @Override
            public LoggedProfile load(byte[] key) {
              return new LoggedProfile(codec.decode(Objects.requireNonNull(store.get(key))));
            }

            @Override
            public void save(byte[] key, LoggedProfile profile) {
              store.put(key, codec.encode(profile.state));
            }
          };
        },
        key -> key,
        value -> value);
  }

  /** Decoded profiles in a cache; bodies alone, or bodies and heads, at every commit. */
  static StoreCandidate cached(
      String name, FeatureEngine engine, boolean withHeads, ProfileStoreStatistics statistics) {
    ProfileFormat<LoggedProfile> format =
        new LoggedProfile.Format(engine, new ProfileCodec(engine), withHeads);
    return new StoreCandidate(
        name,
        new ProfileStoreBuilder<>(
            STORE, format, new ProfileCacheBudget(ProfileStoreBenchmark.CACHE_BYTES), statistics),
        context -> {
          ProfileStore<LoggedProfile> store = context.getStateStore(STORE);
          return new ProfileAccess<>() {
            @Override
            public LoggedProfile load(byte[] key) {
              return Objects.requireNonNull(store.get(key));
            }

            @Override
            public void save(byte[] key, LoggedProfile profile) {
              store.put(key, profile);
            }
          };
        },
        key -> StoredParts.bodyKey(Bytes.wrap(key)).get(),
        value -> StoredParts.writeBody(1, value));
  }

  /** As Kafka Streams would make it. */
  Map<String, String> changelogConfig() {
    return Map.of("cleanup.policy", "compact");
  }
}
