package dev.presage.features.state;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * A store before a store of bytes that has a changelog; what it holds back is written when Kafka
 * Streams is about to commit.
 *
 * <p>{@link CachedStateStore} is an internal interface of Kafka Streams, and there is no public one
 * that would do: {@link StateStore#commit} is called when the transaction has been committed, and
 * with exactly once only when the store is closed. What is written there would be in the next
 * transaction, and lost with a crash before it. {@code flushCache} is called before the records of
 * a transaction are flushed and committed, so what it writes is in the same transaction as the
 * offsets of the events. Should a release of Kafka Streams stop calling it, {@link #commit} fails.
 *
 * @param <V> what Kafka Streams may think that the values are
 */
abstract class BytesBackedStore<V> implements StateStore, CachedStateStore<byte[], V> {
  final KeyValueStore<Bytes, byte[]> inner;

  BytesBackedStore(KeyValueStore<Bytes, byte[]> inner) {
    this.inner = inner;
  }

  /** Says whether something is held back that was not written yet. */
  abstract boolean isHoldingBack();

  @Override
  public boolean setFlushListener(CacheFlushListener<byte[], V> listener, boolean sendOldValues) {
    return false;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    clearCache();
    inner.init(context, root);
  }

  @Override
  public void commit(Map<TopicPartition, Long> changelogOffsets) {
    // Without offsets the state is being given up, and what is held back with it.
    if (!changelogOffsets.isEmpty() && isHoldingBack()) {
      throw new IllegalStateException(
          "Store %s is committed with changes that were not written; this version of Kafka Streams does not flush caches before it commits"
              .formatted(name()));
    }
    inner.commit(changelogOffsets);
  }

  @Override
  public @Nullable Long committedOffset(TopicPartition partition) {
    return inner.committedOffset(partition);
  }

  @Override
  @SuppressWarnings("deprecation") // To be implemented until it goes.
  public boolean managesOffsets() {
    return inner.managesOffsets();
  }

  /** Writes nothing: whoever closes has committed, or gives up what was not. */
  @Override
  public void close() {
    clearCache();
    inner.close();
  }

  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public boolean persistent() {
    return inner.persistent();
  }

  @Override
  public boolean isOpen() {
    return inner.isOpen();
  }

  @Override
  public <R> QueryResult<R> query(Query<R> query, PositionBound bound, QueryConfig config) {
    return inner.query(query, bound, config);
  }

  @Override
  public Position getPosition() {
    return inner.getPosition();
  }
}
