package dev.presage.retrain.kafka;

import dev.presage.retrain.history.HistoryException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Everything that is on a topic at one time: reads each partition from its beginning to the end
 * that it had at the start, committed records only, one partition after the other.
 */
final class TopicSnapshot {
  private static final Duration POLL = Duration.ofMillis(500);

  private static final int LONGEST_FETCH_WAIT_MILLIS = 10;

  /** Without a record for so long the broker counts as lost. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Map<String, Object> settings;
  private final String topic;

  TopicSnapshot(Map<String, Object> kafka, String topic) {
    this.settings = new HashMap<>(kafka);
    this.settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "retrainer-reads-" + topic);
    this.settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    this.settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    this.settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    // A fetch that waits for more at the end of one partition holds up the first one of the next.
    this.settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, LONGEST_FETCH_WAIT_MILLIS);
    this.topic = topic;
  }

  /** What is done with the records. */
  interface Visitor {
    void record(ConsumerRecord<String, byte[]> record);

    void endPartition();

    void progress(long read, long all);
  }

  /**
   * Reads the topic.
   *
   * @throws HistoryException when the broker cannot be reached or a partition does not come to its
   *     end
   */
  void read(Visitor visitor) {
    try (Consumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(it -> new TopicPartition(it.topic(), it.partition()))
              .toList();
      // All at first, as the consumer warns of answers about partitions that it does not have.
      consumer.assign(partitions);
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long all = sum(ends) - sum(begins);
      long before = 0;
      for (TopicPartition partition : partitions) {
        long begin = Objects.requireNonNull(begins.get(partition));
        long end = Objects.requireNonNull(ends.get(partition));
        consumer.assign(List.of(partition));
        consumer.seek(partition, begin);
        readPartition(consumer, partition, end, before - begin, all, visitor);
        before += end - begin;
        visitor.endPartition();
        visitor.progress(before, all);
      }
    } catch (KafkaException e) {
      throw new HistoryException("Topic %s cannot be read: %s".formatted(topic, e.getMessage()), e);
    }
  }

  /**
   * How long the topic is, in offsets of all its partitions.
   *
   * @throws HistoryException when the broker does not say
   */
  long length() {
    try (Consumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(it -> new TopicPartition(it.topic(), it.partition()))
              .toList();
      return sum(consumer.endOffsets(partitions)) - sum(consumer.beginningOffsets(partitions));
    } catch (KafkaException e) {
      throw new HistoryException("Topic %s cannot be read: %s".formatted(topic, e.getMessage()), e);
    }
  }

  private void readPartition(
      Consumer<String, byte[]> consumer,
      TopicPartition partition,
      long end,
      long offsetShift,
      long all,
      Visitor visitor) {
    long lastProgress = System.nanoTime();
    while (consumer.position(partition) < end) {
      long positionBefore = consumer.position(partition);
      ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
      for (ConsumerRecord<String, byte[]> record : records) {
        if (record.offset() < end) {
          visitor.record(record);
        }
      }
      if (consumer.position(partition) > positionBefore) {
        lastProgress = System.nanoTime();
      } else if (System.nanoTime() - lastProgress > PATIENCE.toNanos()) {
        throw new HistoryException(
            "%s stands at offset %d, %d was its end at the start; nothing came for %d s"
                .formatted(partition, positionBefore, end, PATIENCE.toSeconds()));
      }
      visitor.progress(Math.min(consumer.position(partition), end) + offsetShift, all);
    }
  }

  private static long sum(Map<TopicPartition, Long> offsets) {
    return offsets.values().stream().mapToLong(Long::longValue).sum();
  }
}
