package dev.presage.schemas.topics;

import dev.presage.schemas.registry.RegistryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
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
 * <p>When the broker or the registry is lost, the follower tries again every second and goes on at
 * the record where it stopped. A partition whose place is no longer there, because the topic was
 * made anew or compacted meanwhile, is read from its beginning.
 *
 * @param <V> the value
 */
public final class CompactedTopicFollower<V> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CompactedTopicFollower.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  private final String topic;
  private final Supplier<? extends Consumer<String, byte[]>> consumers;
  private final Deserializer<V> deserializer;
  private final Handler<V> handler;
  private final Duration pause;

  /** Offset of the next record to handle; touched by the follower's thread alone. */
  private final Map<TopicPartition, Long> next = new HashMap<>();

  private final CompletableFuture<@Nullable Void> caughtUp = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Consumer<String, byte[]> consumer;
  private volatile @Nullable RuntimeException lastFailure;

  /** What is done with the records; called by the follower's thread alone. */
  public interface Handler<V> {
    /** A new value, or null for a tombstone. */
    void onRecord(String key, @Nullable V value);

    /** A record that can never be read; by default it is logged and passed over. */
    default void onUnreadable(ConsumerRecord<String, byte[]> record, SerializationException why) {
      log.error("Passed over an unreadable record at {}: {}", place(record), why.getMessage());
    }

    /**
     * A record on which {@link #onRecord}, or the deserializer by a fault of its own, threw; by
     * default it is logged and passed over. What this method throws ends the follower.
     */
    default void onRejected(ConsumerRecord<String, byte[]> record, RuntimeException why) {
      log.error("Passed over a record at {} that was rejected", place(record), why);
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
    this(topic, kafkaConsumers(clientSettings), deserializer, handler, PAUSE_AFTER_FAILURE);
  }

  CompactedTopicFollower(
      String topic,
      Supplier<? extends Consumer<String, byte[]>> consumers,
      Deserializer<V> deserializer,
      Handler<V> handler,
      Duration pause) {
    this.topic = topic;
    this.consumers = consumers;
    this.deserializer = deserializer;
    this.handler = handler;
    this.pause = pause;
    this.thread = Thread.ofPlatform().name("follow-" + topic).daemon().start(this::run);
  }

  private static Supplier<Consumer<String, byte[]>> kafkaConsumers(Map<String, Object> given) {
    Map<String, Object> settings = new HashMap<>(given);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // The follower itself says where to start and what to do about an offset that is gone.
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    return () ->
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * Waits until everything has been handled that was on the topic when the follower started.
   *
   * @throws KafkaException when that fails or takes longer than the timeout; its cause says what
   *     went wrong last
   */
  public void awaitCaughtUp(Duration timeout) {
    try {
      caughtUp.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      RuntimeException failure = lastFailure;
      throw new KafkaException(
          "Topic " + topic + " could not be read to its end within " + timeout.toSeconds() + " s",
          failure == null ? e : failure);
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

  /**
   * Completes when the follower was closed, and exceptionally when it ended by itself: by an error,
   * settings that no consumer takes, or a handler that failed to pass over a record. Its owner's
   * view of the topic grows stale from then on.
   */
  public CompletableFuture<@Nullable Void> ended() {
    return ended.copy();
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
    try {
      while (closing.getCount() > 0) {
        followOnce();
      }
    } catch (RuntimeException | Error e) {
      log.error("The follower of {} ends", topic, e);
      caughtUp.completeExceptionally(e);
      ended.completeExceptionally(e); // Its owner hears of it there, so it is not thrown further.
      return;
    }
    caughtUp.completeExceptionally(new KafkaException("The follower of " + topic + " was closed"));
    ended.complete(null);
  }

  private void followOnce() {
    try (Consumer<String, byte[]> fresh = consumers.get()) {
      consumer = fresh;
      follow(fresh);
    } catch (WakeupException e) {
      log.debug("Woken up to close the follower of {}", topic);
    } catch (RejectionFailedException e) {
      throw e.cause;
    } catch (ConfigException e) {
      throw e; // Trying again does not mend settings.
    } catch (RegistryException | KafkaException e) {
      lastFailure = e;
      log.warn(
          "Lost topic {}, going on where it stopped in {} ms: {}",
          topic,
          pause.toMillis(),
          e.getMessage());
      log.debug("How topic {} was lost", topic, e);
      pause();
    } finally {
      consumer = null;
    }
  }

  private void follow(Consumer<String, byte[]> from) {
    List<TopicPartition> partitions =
        from.partitionsFor(topic).stream()
            .map(it -> new TopicPartition(it.topic(), it.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new UnknownTopicOrPartitionException(
          "Topic " + topic + " is not there, or this client may not see it");
    }
    from.assign(partitions);
    seek(from, partitions);
    Map<TopicPartition, Long> ends = from.endOffsets(partitions);
    while (closing.getCount() > 0) {
      if (!caughtUp.isDone()
          && ends.entrySet().stream().allMatch(it -> from.position(it.getKey()) >= it.getValue())) {
        caughtUp.complete(null);
      }
      for (ConsumerRecord<String, byte[]> record : poll(from)) {
        handle(record);
        next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
      }
    }
  }

  private void seek(Consumer<String, byte[]> from, List<TopicPartition> partitions) {
    List<TopicPartition> fromBeginning = new ArrayList<>();
    for (TopicPartition partition : partitions) {
      Long offset = next.get(partition);
      if (offset == null) {
        fromBeginning.add(partition);
      } else {
        from.seek(partition, offset);
      }
    }
    // Consumers take an empty collection for all partitions.
    if (!fromBeginning.isEmpty()) {
      from.seekToBeginning(fromBeginning);
    }
  }

  private ConsumerRecords<String, byte[]> poll(Consumer<String, byte[]> from) {
    try {
      return from.poll(POLL);
    } catch (OffsetOutOfRangeException e) {
      log.warn("Reads {} from the beginning: {}", e.partitions(), e.getMessage());
      from.seekToBeginning(e.partitions());
      return ConsumerRecords.empty();
    }
  }

  private void handle(ConsumerRecord<String, byte[]> record) {
    V value;
    try {
      value = deserializer.deserialize(topic, record.value());
    } catch (SerializationException e) {
      passOver(() -> handler.onUnreadable(record, e));
      return;
    } catch (RegistryException | KafkaException e) {
      throw e; // The same record may be readable later.
    } catch (RuntimeException e) {
      passOver(() -> handler.onRejected(record, e));
      return;
    }
    try {
      handler.onRecord(record.key(), value);
    } catch (RuntimeException e) {
      passOver(() -> handler.onRejected(record, e));
    }
  }

  private static void passOver(Runnable way) {
    try {
      way.run();
    } catch (RuntimeException e) {
      throw new RejectionFailedException(e);
    }
  }

  private static String place(ConsumerRecord<?, ?> record) {
    return record.topic() + "-" + record.partition() + "@" + record.offset();
  }

  private void pause() {
    try {
      if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        log.debug("Closed while waiting for topic {}", topic);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing.countDown();
    }
  }

  /** Keeps what a handler throws apart from what the broker or the registry throws. */
  private static final class RejectionFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RuntimeException cause;

    RejectionFailedException(RuntimeException cause) {
      super(cause);
      this.cause = cause;
    }
  }
}
