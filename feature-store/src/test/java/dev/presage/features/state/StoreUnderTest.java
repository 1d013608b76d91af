package dev.presage.features.state;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** A profile store over Kafka Streams' store in memory, as a task would have it. */
final class StoreUnderTest implements AutoCloseable {
  private static final String NAME = "numbers";
  private static final Properties SETTINGS = new Properties();

  static {
    SETTINGS.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    SETTINGS.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    SETTINGS.put("processing.exception.handler.global.enabled", true);
  }

  private final KeyValueStore<Bytes, byte[]> inner =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore(NAME), Serdes.Bytes(), Serdes.ByteArray())
          .withLoggingDisabled()
          .build();
  private final CachedProfileStore<Numbers> store;

  StoreUnderTest(
      ProfileFormat<Numbers> format,
      int maxBodyBytes,
      ProfileCacheBudget budget,
      ProfileStoreStatistics statistics,
      Map<Bytes, byte[]> restored) {
    store = new CachedProfileStore<>(inner, format, maxBodyBytes, budget, statistics);
    store.init(new MockProcessorContext<Void, Void>(SETTINGS).getStateStoreContext(), store);
    restored.forEach(inner::put);
  }

  CachedProfileStore<Numbers> store() {
    return store;
  }

  KeyValueStore<Bytes, byte[]> inner() {
    return inner;
  }

  /** What Kafka Streams calls before it commits a transaction; returns what is stored then. */
  Map<Bytes, byte[]> commit() {
    store.flushCache();
    return stored();
  }

  Map<Bytes, byte[]> stored() {
    Map<Bytes, byte[]> stored = new TreeMap<>();
    try (KeyValueIterator<Bytes, byte[]> all = inner.all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> entry = all.next();
        stored.put(entry.key, entry.value);
      }
    }
    return stored;
  }

  static byte[] key(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    store.close();
  }
}
