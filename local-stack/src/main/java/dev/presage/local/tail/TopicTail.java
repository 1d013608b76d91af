package dev.presage.local.tail;

import dev.presage.local.connection.Connection;
import dev.presage.local.connection.UnknownTopicException;
import dev.presage.schemas.registry.RegistryException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Follows a topic and shows its committed records, decoded, as JSON lines. */
public final class TopicTail {

  private static final Duration POLL = Duration.ofMillis(200);

  private final Connection connection;

  public TopicTail(Connection connection) {
    this.connection = connection;
  }

  /**
   * Shows records until there were enough or the caller does not want more.
   *
   * @param more asked again and again
   * @param lines takes the lines
   * @throws UnknownTopicException when there is no such topic
   * @throws RegistryException when the registry cannot be asked for a schema
   */
  public void follow(
      TailOptions options, BooleanSupplier more, java.util.function.Consumer<String> lines) {
    connection.requireTopic(options.topic());
    RecordJson json = new RecordJson(connection.registry());
    try (Consumer<byte[], byte[]> consumer = connection.consumer()) {
      List<TopicPartition> partitions = partitions(consumer, options.topic());
      consumer.assign(partitions);
      if (options.fromBeginning()) {
        consumer.seekToBeginning(partitions);
      } else {
        consumer.seekToEnd(partitions);
        // Seeking is lazy: from here on means before the first poll.
        partitions.forEach(consumer::position);
      }
      long left = options.max();
      while (left > 0 && more.getAsBoolean()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (left > 0 && isWanted(options, record)) {
            lines.accept(json.of(record).toString());
            left--;
          }
        }
      }
    }
  }

  private static boolean isWanted(TailOptions options, ConsumerRecord<byte[], byte[]> record) {
    String key = options.key();
    return key == null || Arrays.equals(key.getBytes(StandardCharsets.UTF_8), record.key());
  }

  private static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(it -> new TopicPartition(it.topic(), it.partition()))
        .toList();
  }
}
