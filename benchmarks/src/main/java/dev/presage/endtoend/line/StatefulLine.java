package dev.presage.endtoend.line;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * What a topology with state costs whatever it computes: a repartition step, a get and a put of a
 * value as long as a profile under Kafka Streams' own cache, one record out. It reads no event: the
 * bytes stay what they are.
 */
final class StatefulLine {
  private StatefulLine() {}

  static Topology topology(String events, String output, int partitions, int valueBytes) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(LineMain.STORE),
                Serdes.ByteArray(),
                Serdes.ByteArray())
            .withCachingEnabled());
    builder.stream(
            events,
            Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                .withName("events-source")
                .withOffsetResetPolicy(AutoOffsetReset.earliest()))
        .repartition(
            Repartitioned.<byte[], byte[]>as(LineMain.REPARTITION)
                .withKeySerde(Serdes.ByteArray())
                .withValueSerde(Serdes.ByteArray())
                .withNumberOfPartitions(partitions))
        .process(() -> new GetAndPut(valueBytes), Named.as("profile"), LineMain.STORE)
        .to(output, Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("outputs-sink"));
    return builder.build();
  }

  /** Gets the value of the key, changes it, puts it, and forwards what came. */
  private static final class GetAndPut extends ContextualProcessor<byte[], byte[], byte[], byte[]>
      implements Processor<byte[], byte[], byte[], byte[]> {
    private final byte[] first;
    private KeyValueStore<byte[], byte[]> store;

    @SuppressWarnings("NullAway.Init") // init() comes before process(), by Kafka Streams' contract.
    GetAndPut(int valueBytes) {
      first = new byte[Math.max(Long.BYTES, valueBytes)];
      new SplittableRandom(valueBytes).nextBytes(first);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
      super.init(context);
      store = context.getStateStore(LineMain.STORE);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      byte @Nullable [] stored = store.get(record.key());
      byte[] value = (stored == null ? first : stored).clone();
      ByteBuffer counter = ByteBuffer.wrap(value);
      counter.putLong(0, counter.getLong(0) + 1);
      store.put(record.key(), value);
      context().forward(record);
    }
  }
}
