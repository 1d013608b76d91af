package dev.presage.schemas.topics;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Kafka's own fake of a consumer on a topic of one partition; each poll does the next step. */
final class ScriptedConsumer extends MockConsumer<String, byte[]> {
  static final String TOPIC = "models";
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
  private static final Duration WAIT = Duration.ofMillis(1);

  private ScriptedConsumer() {
    super("none");
  }

  /** A consumer of a topic that is there and holds the offsets in [beginning, end). */
  static ScriptedConsumer ofTopic(long beginning, long end) {
    ScriptedConsumer consumer = new ScriptedConsumer();
    Node node = new Node(0, "127.0.0.1", 9092);
    consumer.updatePartitions(
        TOPIC, List.of(new PartitionInfo(TOPIC, 0, node, new Node[] {node}, new Node[] {node})));
    consumer.updateBeginningOffsets(Map.of(PARTITION, beginning));
    consumer.updateEndOffsets(Map.of(PARTITION, end));
    return consumer;
  }

  /** A consumer that finds no topic. */
  static ScriptedConsumer ofNothing() {
    ScriptedConsumer consumer = new ScriptedConsumer();
    consumer.updatePartitions(TOPIC, List.of());
    return consumer;
  }

  ScriptedConsumer record(long offset, String key, @Nullable String value) {
    byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    schedulePollTask(() -> addRecord(new ConsumerRecord<>(TOPIC, 0, offset, key, bytes)));
    return this;
  }

  ScriptedConsumer failure(KafkaException failure) {
    schedulePollTask(() -> setPollException(failure));
    return this;
  }

  /** Waits a little when there is nothing, as a real one does. */
  @Override
  public synchronized ConsumerRecords<String, byte[]> poll(Duration timeout) {
    ConsumerRecords<String, byte[]> records = super.poll(timeout);
    if (records.isEmpty()) {
      LockSupport.parkNanos(WAIT.toNanos());
    }
    return records;
  }
}
