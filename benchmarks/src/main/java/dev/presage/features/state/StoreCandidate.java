package dev.presage.features.state;

import dev.presage.features.FeatureEngine;
import dev.presage.features.ProfileState;
import dev.presage.schemas.avro.Event;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
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
 * @param preload the records of a profile that has had some events: what is made of its key, and
 *     the value
 */
record StoreCandidate(
    String name,
    StoreBuilder<?> store,
    Function<ProcessorContext<?, ?>, ProfileAccess<ProfileState>> opening,
    Function<List<Event>, List<KeyValue<UnaryOperator<byte[]>, byte[]>>> preload) {
  static final String STORE = "profiles";

  private static final int WRITES_BEFORE = 40;

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
            public ProfileState load(byte[] key) {
              return codec.decode(Objects.requireNonNull(store.get(key)));
            }

            @Override
            public void save(byte[] key, ProfileState profile) {
              store.put(key, codec.encode(profile));
            }
          };
        },
        events -> List.of(new KeyValue<>(key -> key, codec.encode(fold(engine, events)))));
  }

  /** Decoded profiles in a cache; bodies alone, or bodies and heads, at every commit. */
  static StoreCandidate cached(
      String name, FeatureEngine engine, boolean withHeads, ProfileStoreStatistics statistics) {
    StateFormat format = new StateFormat(new ProfileCodec(engine), withHeads);
    return new StoreCandidate(
        name,
        new ProfileStoreBuilder<>(
            STORE, format, new ProfileCacheBudget(ProfileStoreBenchmark.CACHE_BYTES), statistics),
        context -> {
          ProfileStore<ProfileState> store = context.getStateStore(STORE);
          return new ProfileAccess<>() {
            @Override
            public ProfileState load(byte[] key) {
              return Objects.requireNonNull(store.get(key));
            }

            @Override
            public void save(byte[] key, ProfileState profile) {
              store.put(key, profile);
            }
          };
        },
        events -> stored(engine, format, events));
  }

  /**
   * What the store would have written for each event by itself, from some event on, so that the
   * profiles are at all points between two bodies.
   */
  private static List<KeyValue<UnaryOperator<byte[]>, byte[]>> stored(
      FeatureEngine engine, StateFormat format, List<Event> events) {
    int first = events.size() - WRITES_BEFORE - Math.floorMod(events.hashCode(), 16);
    CachedProfile<ProfileState> profile =
        new CachedProfile<>(Bytes.wrap(new byte[0]), fold(engine, events.subList(0, first)));
    List<KeyValue<UnaryOperator<byte[]>, byte[]>> stored = List.of();
    for (Event event : events.subList(first, events.size())) {
      engine.apply(profile.profile, event);
      stored = write(format, profile, stored);
    }
    return stored;
  }

  private static List<KeyValue<UnaryOperator<byte[]>, byte[]>> write(
      StateFormat format,
      CachedProfile<ProfileState> profile,
      List<KeyValue<UnaryOperator<byte[]>, byte[]>> before) {
    if (profile.writes > 0 && !format.needsBody(profile.profile)) {
      byte[] head = format.encodeHead(profile.profile);
      if (profile.pays(head.length)) {
        profile.wroteHead(head.length);
        byte[] value =
            StoredParts.writeHead(profile.generation, profile.writes, profile.spent, head);
        return List.of(
            before.getFirst(),
            new KeyValue<>(key -> StoredParts.headKey(Bytes.wrap(key)).get(), value));
      }
    }
    profile.generation++;
    byte[] value = StoredParts.writeBody(profile.generation, format.encodeBody(profile.profile));
    format.bodyWritten(profile.profile);
    profile.wroteBody(value.length);
    return List.of(new KeyValue<>(key -> StoredParts.bodyKey(Bytes.wrap(key)).get(), value));
  }

  private static ProfileState fold(FeatureEngine engine, List<Event> events) {
    ProfileState state = engine.newState();
    events.forEach(event -> engine.apply(state, event));
    return state;
  }

  /** As Kafka Streams would make it. */
  Map<String, String> changelogConfig() {
    return Map.of("cleanup.policy", "compact");
  }
}
