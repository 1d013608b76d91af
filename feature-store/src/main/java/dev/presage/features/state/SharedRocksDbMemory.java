package dev.presage.features.state;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds the memory of RocksDB for the whole process. By default every store of every partition has
 * a cache and write buffers of its own, some 100 MB outside the heap each, so that the need for
 * memory grows with the partitions that happen to be assigned.
 *
 * <p>Kafka Streams makes an instance for every store, so what they share is static; the first one
 * decides its size.
 */
public final class SharedRocksDbMemory implements RocksDBConfigSetter {
  /** Setting of Kafka Streams that carries the bound, in bytes. */
  public static final String BYTES_CONFIG = "presage.state.memory.bytes";

  /** The bound where nothing else is said. */
  public static final long DEFAULT_BYTES = 256L << 20;

  private static @Nullable Shared shared;

  static {
    RocksDB.loadLibrary();
  }

  private record Shared(Cache cache, WriteBufferManager writeBuffers) {}

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    Shared memory = shared(configs);
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(memory.cache());
    // Else they would stay outside of the bound.
    table.setCacheIndexAndFilterBlocks(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(memory.writeBuffers());
  }

  @Override
  public void close(String storeName, Options options) {
    // The other stores go on with what they share; it ends with the process.
  }

  private static synchronized Shared shared(Map<String, Object> configs) {
    Shared memory = shared;
    if (memory == null) {
      Object given = configs.get(BYTES_CONFIG);
      long bytes = given == null ? DEFAULT_BYTES : Long.parseLong(given.toString());
      Cache cache = new LRUCache(bytes);
      memory = new Shared(cache, new WriteBufferManager(bytes / 2, cache));
      shared = memory;
    }
    return memory;
  }
}
