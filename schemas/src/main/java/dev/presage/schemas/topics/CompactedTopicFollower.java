package dev.presage.schemas.topics;

import dev.presage.schemas.registry.RegistryException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a compacted topic to its end and then follows it, on a thread and with a consumer of its
 * own, so that every instance sees every record. Nothing is kept on disk.
 *
 * @param <V> the value
 */
public final class CompactedTopicFollower<V> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CompactedTopicFollower.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  private final String topic;
  private final Map<String, Object> settings;
  private final Deserializer<V> deserializer;
  private final Handler<V> handler;
  private final CompletableFuture<@Nullable Void> caughtUp = new CompletableFuture<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Consumer<String, byte[]> consumer;

  /** What is done with the records; called by the follower's thread alone. */
  public interface Handler<V> {
    /** A new value, or null for a tombstone. */
    void onRecord(String key, @Nullable V value);

    /** A record that can never be read; by default it is logged and passed over. */
    default void onUnreadable(ConsumerRecord<String, byte[]> record, SerializationException why) {
      log.error(
          "Passed over an unreadable record at {}-{}@{}: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          why.getMessage());
    }
  }

  /**
   * Starts to follow.
   *
   * @param clientSettings Kafka client settings, at least the bootstrap servers
   */
  public CompactedTopicFollower(
      String topic,
      Map<String, Object> clientSettings,
      Deserializer<V> deserializer,
      Handler<V> handler) {
    this.topic = topic;
    this.settings = new HashMap<>(clientSettings);
    this.settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    this.settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    this.deserializer = deserializer;
    this.handler = handler;
    this.thread = Thread.ofPlatform().name("follow-" + topic).daemon().start(this::run);
  }

  /**
   * Waits until everything has been handled that was on the topic when the follower started.
   *
   * @throws KafkaException when that fails or takes longer than the timeout
   */
  public void awaitCaughtUp(Duration timeout) {
    try {
      caughtUp.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new KafkaException(
          "Topic " + topic + " could not be read to its end within " + timeout.toSeconds() + " s",
          e);
    } catch (ExecutionException e) {
      throw new KafkaException("Topic " + topic + " could not be read", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Interrupted while reading topic " + topic, e);
    }
  }

  /** Whether the end that was there at the start has been reached and the thread is alive. */
  public boolean isFollowing() {
    return thread.isAlive() && caughtUp.isDone() && !caughtUp.isCompletedExceptionally();
  }

  @Override
  public void close() {
    closing.countDown();
    Consumer<String, byte[]> current = consumer;
    if (current != null) {
      current.wakeup();
    }
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (closing.getCount() > 0) {
      try (Consumer<String, byte[]> fresh =
          new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
        consumer = fresh;
        follow(fresh);
      } catch (WakeupException e) {
        log.debug("Woken up to close the follower of {}", topic);
      } catch (RegistryException | KafkaException e) {
        log.warn("Lost topic {}, reading it again from its beginning", topic, e);
        pause();
      } catch (RuntimeException | Error e) {
        caughtUp.completeExceptionally(e);
        log.error("The follower of {} ends", topic, e);
        throw e;
      } finally {
        consumer = null;
      }
    }
    caughtUp.completeExceptionally(new KafkaException("The follower of " + topic + " was closed"));
  }

  private void follow(Consumer<String, byte[]> from) {
    List<TopicPartition> partitions =
        from.partitionsFor(topic).stream()
            .map(it -> new TopicPartition(it.topic(), it.partition()))
            .toList();
    from.assign(partitions);
    from.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = from.endOffsets(partitions);
    while (closing.getCount() > 0) {
      if (!caughtUp.isDone()
          && ends.entrySet().stream().allMatch(it -> from.position(it.getKey()) >= it.getValue())) {
        caughtUp.complete(null);
      }
      for (ConsumerRecord<String, byte[]> record : from.poll(POLL)) {
        handle(record);
      }
    }
  }

  private void handle(ConsumerRecord<String, byte[]> record) {
    V value;
    try {
      value = deserializer.deserialize(topic, record.value());
    } catch (SerializationException e) {
      handler.onUnreadable(record, e);
      return;
    }
    handler.onRecord(record.key(), value);
  }

  private void pause() {
    try {
      if (closing.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS)) {
        log.debug("Closed while waiting for topic {}", topic);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing.countDown();
    }
  }
}
