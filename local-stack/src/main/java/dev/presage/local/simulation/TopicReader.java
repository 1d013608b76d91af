package dev.presage.local.simulation;

import dev.presage.local.connection.Connection;
import dev.presage.schemas.wire.AvroSerde;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads what is committed on a topic now, from its beginning. */
final class TopicReader {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Connection connection;

  TopicReader(Connection connection) {
    this.connection = connection;
  }

  /** Hands over every record that is not a tombstone. */
  <T extends SpecificRecord> void read(
      String topic, Class<T> type, java.util.function.Consumer<T> reader) {
    Deserializer<T> deserializer = AvroSerde.of(type, connection.registry()).deserializer();
    try (Consumer<byte[], byte[]> consumer = connection.consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(it -> new TopicPartition(topic, it.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(it -> consumer.position(it.getKey()) < it.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (record.value() != null) {
            reader.accept(deserializer.deserialize(topic, record.value()));
          }
        }
      }
    }
  }
}
