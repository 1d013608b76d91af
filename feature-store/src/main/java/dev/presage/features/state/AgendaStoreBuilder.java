package dev.presage.features.state;

import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Builds agenda stores over Kafka Streams' persistent key-value store with its changelog. */
public final class AgendaStoreBuilder implements StoreBuilder<AgendaStore> {
  private final StoreBuilder<KeyValueStore<Bytes, byte[]>> inner;

  /**
   * Makes a builder.
   *
   * @param name of the store; its changelog is {@code <application ID>-<name>-changelog}
   */
  public AgendaStoreBuilder(String name) {
    this.inner =
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
  }

  @Override
  public AgendaStore build() {
    return new TimedAgendaStore(inner.build());
  }

  /** Does nothing: what changes with every event is held back in any case. */
  @Override
  public StoreBuilder<AgendaStore> withCachingEnabled() {
    return this;
  }

  /** Does nothing: Kafka Streams' cache is off already. */
  @Override
  public StoreBuilder<AgendaStore> withCachingDisabled() {
    return this;
  }

  @Override
  public StoreBuilder<AgendaStore> withLoggingEnabled(Map<String, String> config) {
    inner.withLoggingEnabled(config);
    return this;
  }

  @Override
  public StoreBuilder<AgendaStore> withLoggingDisabled() {
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
