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
 * Keeps decoded profiles before a store of bytes that has a changelog, and writes those that
 * changed when Kafka Streams is about to commit.
 *
 * <p>{@link CachedStateStore} is an internal interface of Kafka Streams, and there is no public one
 * that would do: {@link StateStore#commit} is called when the transaction has been committed, and
 * with exactly once only when the store is closed. What is written there would be in the next
 * transaction, and lost with a crash before it. {@code flushCache} is called before the records of
 * a transaction are flushed and committed, so what it writes is in the same transaction as the
 * offsets of the events. Should a release of Kafka Streams stop calling it, {@link #commit} fails.
 */
final class CachedProfileStore<P>
    implements ProfileStore<P>, StoredProfiles<P>, CachedStateStore<byte[], P> {
  private final KeyValueStore<Bytes, byte[]> inner;
  private final ProfileFormat<P> format;
  private final int maxBodyBytes;
  private final ProfileStoreStatistics statistics;
  private final ProfileCache<P> cache;

  CachedProfileStore(
      KeyValueStore<Bytes, byte[]> inner,
      ProfileFormat<P> format,
      int maxBodyBytes,
      ProfileCacheBudget budget,
      ProfileStoreStatistics statistics) {
    this.inner = inner;
    this.format = format;
    this.maxBodyBytes = maxBodyBytes;
    this.statistics = statistics;
    this.cache = new ProfileCache<>(budget, format::heapBytes, this::write, statistics::evicted);
  }

  @Override
  public @Nullable P get(byte[] key) {
    CachedProfile<P> cached = find(Bytes.wrap(key));
    return cached == null ? null : cached.profile;
  }

  @Override
  public void put(byte[] key, P profile) {
    Bytes id = Bytes.wrap(key);
    CachedProfile<P> cached = cache.get(id);
    if (cached == null) {
      cached = new CachedProfile<>(id, profile);
      byte[] stored = inner.get(StoredParts.bodyKey(id));
      if (stored != null) {
        cached.generation = StoredParts.generation(stored);
      }
      cache.add(cached);
    }
    if (cached.profile != profile) {
      cached.profile = profile;
      // Another object knows nothing of the body that is stored.
      cached.writes = 0;
    }
    cache.changed(cached);
  }

  @Override
  public void delete(byte[] key) {
    Bytes id = Bytes.wrap(key);
    cache.remove(id);
    // In this order, so that who reads the head first never takes an old body for the profile.
    inner.delete(StoredParts.bodyKey(id));
    inner.delete(StoredParts.headKey(id));
  }

  /** Reads the head first: a body that is newer than the head stands for itself. */
  @Override
  public @Nullable P read(byte[] key) {
    Bytes id = Bytes.wrap(key);
    byte[] storedHead = inner.get(StoredParts.headKey(id));
    byte[] storedBody = inner.get(StoredParts.bodyKey(id));
    if (storedBody == null) {
      return null;
    }
    StoredParts parts = StoredParts.read(storedBody, storedHead);
    return format.decode(parts.body(), parts.head());
  }

  private @Nullable CachedProfile<P> find(Bytes id) {
    CachedProfile<P> cached = cache.get(id);
    if (cached != null) {
      statistics.hit();
      return cached;
    }
    statistics.miss();
    byte[] storedBody = inner.get(StoredParts.bodyKey(id));
    if (storedBody == null) {
      return null;
    }
    StoredParts parts = StoredParts.read(storedBody, inner.get(StoredParts.headKey(id)));
    CachedProfile<P> found = new CachedProfile<>(id, format.decode(parts.body(), parts.head()));
    found.generation = parts.generation();
    found.bodyBytes = storedBody.length;
    found.writes = parts.writes();
    found.spent = parts.spent();
    cache.add(found);
    return found;
  }

  private void write(CachedProfile<P> cached) {
    if (cached.writes > 0 && !format.needsBody(cached.profile)) {
      byte[] head = format.encodeHead(cached.profile);
      if (cached.pays(head.length)) {
        writeHead(cached, head);
        return;
      }
    }
    writeBody(cached);
  }

  private void writeHead(CachedProfile<P> cached, byte[] head) {
    cached.wroteHead(head.length);
    Bytes key = StoredParts.headKey(cached.key);
    byte[] value = StoredParts.writeHead(cached.generation, cached.writes, cached.spent, head);
    inner.put(key, value);
    statistics.wroteHead(key.get().length + value.length);
  }

  private void writeBody(CachedProfile<P> cached) {
    byte[] body = format.encodeBody(cached.profile);
    if (body.length > maxBodyBytes) {
      statistics.cappedProfile();
      cached.profile = format.cap(cached.profile, maxBodyBytes);
      body = format.encodeBody(cached.profile);
      if (body.length > maxBodyBytes) {
        throw new IllegalStateException(
            "A profile of store %s has %d bytes although it was capped; a record takes %d"
                .formatted(name(), body.length, maxBodyBytes));
      }
    }
    cached.generation++;
    Bytes key = StoredParts.bodyKey(cached.key);
    byte[] value = StoredParts.writeBody(cached.generation, body);
    inner.put(key, value);
    format.bodyWritten(cached.profile);
    cached.wroteBody(value.length);
    statistics.wroteBody(key.get().length + value.length);
  }

  @Override
  public void flushCache() {
    cache.writeDirty();
  }

  @Override
  public void clearCache() {
    cache.clear();
  }

  @Override
  public boolean setFlushListener(CacheFlushListener<byte[], P> listener, boolean sendOldValues) {
    return false;
  }

  @Override
  public void commit(Map<TopicPartition, Long> changelogOffsets) {
    // Without offsets the state is being given up, and what is dirty with it.
    if (!changelogOffsets.isEmpty() && cache.hasDirty()) {
      throw new IllegalStateException(
          "Store %s is committed with changed profiles that were not written; this version of Kafka Streams does not flush caches before it commits"
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

  @Override
  public void init(StateStoreContext context, StateStore root) {
    cache.clear();
    inner.init(context, root);
  }

  /** Writes nothing: whoever closes has committed, or gives up what was not. */
  @Override
  public void close() {
    cache.clear();
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
