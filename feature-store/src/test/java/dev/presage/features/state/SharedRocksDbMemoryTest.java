package dev.presage.features.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

class SharedRocksDbMemoryTest {

  @Test
  void shouldGiveEveryStoreTheSameMemory(@TempDir Path folder) throws RocksDBException {
    try (Options first = configured();
        Options second = configured();
        RocksDB one = RocksDB.open(first, folder.resolve("one").toString());
        RocksDB two = RocksDB.open(second, folder.resolve("two").toString())) {
      assertThat(first.writeBufferManager()).isSameAs(second.writeBufferManager());

      long before = one.getLongProperty("rocksdb.block-cache-usage");
      two.put("key".getBytes(StandardCharsets.UTF_8), new byte[1 << 20]);

      assertThat(one.getLongProperty("rocksdb.block-cache-usage"))
          .as("what one store writes is charged to the cache of the other")
          .isGreaterThan(before);
      assertThat(one.getLongProperty("rocksdb.block-cache-capacity"))
          .isEqualTo(two.getLongProperty("rocksdb.block-cache-capacity"));
    }
  }

  private static Options configured() {
    Options options =
        new Options().setCreateIfMissing(true).setTableFormatConfig(new BlockBasedTableConfig());
    new SharedRocksDbMemory().setConfig("store", options, Map.of());
    return options;
  }
}
