package dev.presage.features.state;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps decoded profiles before a store of bytes that has a changelog, and writes those that
 * changed when Kafka Streams is about to commit.
 */
final class CachedProfileStore<P> extends BytesBackedStore<P>
    implements ProfileStore<P>, StoredProfiles<P> {
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
    super(inner);
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

  @Override
  public @Nullable P read(byte[] key) {
    StoredParts parts = stored(key);
    return parts == null ? null : format.decode(parts.body(), parts.head());
  }

  @Override
  public <E> @Nullable E read(byte[] key, ProfileExtract<P, E> extract) {
    StoredParts parts = stored(key);
    return parts == null ? null : extract.read(parts.body(), parts.head());
  }

  @Override
  public <E> @Nullable E peek(byte[] key, ProfileExtract<P, E> extract) {
    CachedProfile<P> cached = cache.get(Bytes.wrap(key));
    return cached == null ? read(key, extract) : extract.of(cached.profile);
  }

  /** Reads the head first: a body that is newer than the head stands for itself. */
  private @Nullable StoredParts stored(byte[] key) {
    Bytes id = Bytes.wrap(key);
    byte[] storedHead = inner.get(StoredParts.headKey(id));
    byte[] storedBody = inner.get(StoredParts.bodyKey(id));
    return storedBody == null ? null : StoredParts.read(storedBody, storedHead);
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
  boolean isHoldingBack() {
    return cache.hasDirty();
  }

  @Override
  public List<byte[]> keysAfter(byte @Nullable [] after, int most) {
    // So that none is passed over because it was never written.
    cache.writeNew();
    return writtenKeysAfter(after, most);
  }

  @Override
  public List<byte[]> writtenKeysAfter(byte @Nullable [] after, int most) {
    List<byte[]> keys = new ArrayList<>();
    Bytes from = after == null ? null : StoredParts.bodyKey(Bytes.wrap(after));
    try (KeyValueIterator<Bytes, byte[]> stored = inner.range(from, null)) {
      while (keys.size() < most && stored.hasNext()) {
        Bytes key = stored.next().key;
        if (StoredParts.isBody(key) && !key.equals(from)) {
          keys.add(StoredParts.profileKey(key));
        }
      }
    }
    return keys;
  }
}
