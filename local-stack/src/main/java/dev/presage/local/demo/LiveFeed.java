package dev.presage.local.demo;

import dev.presage.local.connection.Connection;
import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelStatus;
import dev.presage.schemas.avro.SegmentChange;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.schemas.topics.Topics;
import dev.presage.schemas.wire.AvroSerde;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches, as any consumer could, what comes out: on a thread and with a consumer of its own. */
final class LiveFeed implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LiveFeed.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Topics topics = Topics.unprefixed();
  private final InstantSource clock;
  private final LiveLines lines;
  private final Deserializer<TraitUpdate> traitUpdates;
  private final Deserializer<SegmentChange> segmentChanges;
  private final Deserializer<ModelArtefact> models;
  private final Deserializer<ModelStatus> modelStatus;
  private final Map<Cause, AtomicLong> causes = new ConcurrentHashMap<>();
  private final Set<String> receipts = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable TraitUpdate> newest = new AtomicReference<>();
  private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();
  private final Map<String, Long> publishedAt = new ConcurrentHashMap<>();
  private final Map<String, Long> firstUpdateAt = new ConcurrentHashMap<>();
  private final Map<String, ModelStatus> statuses = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private final Consumer<byte[], byte[]> consumer;
  private final Thread thread;
  private volatile boolean caughtUpWanted;

  /**
   * Starts to watch from the beginning of the topics.
   *
   * @param lines takes what a person should see
   */
  LiveFeed(Connection connection, InstantSource clock, LiveLines lines) {
    this.clock = clock;
    this.lines = lines;
    this.traitUpdates = AvroSerde.of(TraitUpdate.class, connection.registry()).deserializer();
    this.segmentChanges = AvroSerde.of(SegmentChange.class, connection.registry()).deserializer();
    this.models = AvroSerde.of(ModelArtefact.class, connection.registry()).deserializer();
    this.modelStatus = AvroSerde.of(ModelStatus.class, connection.registry()).deserializer();
    this.consumer = connection.consumer();
    this.thread = Thread.ofPlatform().name("live-feed").daemon().start(this::run);
  }

  /** How many trait updates were seen. */
  long traitUpdates() {
    return count(topics.traitUpdates());
  }

  /** How many segment changes were seen. */
  long segmentChanges() {
    return count(topics.segmentChanges());
  }

  /** How many records went to {@code dead-letters}. */
  long deadLetters() {
    return count(topics.deadLetters());
  }

  /** How many trait updates of a cause were seen. */
  long traitUpdates(Cause cause) {
    AtomicLong count = causes.get(cause);
    return count == null ? 0 : count.get();
  }

  /** How many triggers were seen, those of the holdout included. */
  long triggers() {
    return count(topics.triggers());
  }

  /** How many triggers were held back by a cap. */
  long heldTriggers() {
    return count(topics.heldTriggers());
  }

  /** The trait update with the newest as-of time. */
  Optional<TraitUpdate> newest() {
    return Optional.ofNullable(newest.get());
  }

  /** Whether a privacy command was acknowledged. */
  boolean isAcknowledged(String requestId) {
    return receipts.contains(requestId);
  }

  /** What was decided on a model version, if it was. */
  Optional<ModelStatus> status(String version) {
    return Optional.ofNullable(statuses.get(version));
  }

  /** Milliseconds from publishing a model version to the first trait update that it scored. */
  OptionalLong swapMillis(String version) {
    Long published = publishedAt.get(version);
    Long first = firstUpdateAt.get(version);
    return published == null || first == null
        ? OptionalLong.empty()
        : OptionalLong.of(first - published);
  }

  /** Asks for a catch-up; {@link #isCaughtUp()} says when everything was seen that is there now. */
  void wantCaughtUp() {
    caughtUpWanted = true;
  }

  /** Whether everything was seen that was there when it was asked for. */
  boolean isCaughtUp() {
    return !caughtUpWanted;
  }

  /**
   * Does nothing while it watches.
   *
   * @throws DemoException when it has failed
   */
  void requireWatching() {
    RuntimeException e = failure.get();
    if (e != null) {
      throw new DemoException("Watching the outputs failed: " + e, e);
    }
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (consumer) {
      List<TopicPartition> partitions = partitions();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (true) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          handle(record);
        }
        if (caughtUpWanted && isAtEnd(partitions)) {
          caughtUpWanted = false;
        }
      }
    } catch (WakeupException e) {
      log.debug("Woken up to end", e);
    } catch (RuntimeException e) {
      failure.set(e);
    }
  }

  private List<TopicPartition> partitions() {
    return List.of(
            topics.traitUpdates(),
            topics.segmentChanges(),
            topics.triggers(),
            topics.heldTriggers(),
            topics.privacyReceipts(),
            topics.models(),
            topics.modelStatus(),
            topics.deadLetters())
        .stream()
        .flatMap(topic -> consumer.partitionsFor(topic).stream())
        .map(it -> new TopicPartition(it.topic(), it.partition()))
        .toList();
  }

  private boolean isAtEnd(List<TopicPartition> partitions) {
    return consumer.endOffsets(partitions).entrySet().stream()
        .allMatch(it -> consumer.position(it.getKey()) >= it.getValue());
  }

  private void handle(ConsumerRecord<byte[], byte[]> record) {
    String topic = record.topic();
    counts.computeIfAbsent(topic, it -> new AtomicLong()).incrementAndGet();
    if (topic.equals(topics.traitUpdates())) {
      TraitUpdate update = read(traitUpdates, record);
      firstUpdateAt.putIfAbsent(update.getModelVersion(), clock.millis());
      causes.computeIfAbsent(update.getCause(), it -> new AtomicLong()).incrementAndGet();
      newest.accumulateAndGet(update, LiveFeed::later);
      lines.show(update);
    } else if (topic.equals(topics.segmentChanges())) {
      lines.show(read(segmentChanges, record));
    } else if (topic.equals(topics.privacyReceipts()) && record.key() != null) {
      receipts.add(new String(record.key(), StandardCharsets.UTF_8));
    } else if (topic.equals(topics.models()) && record.value() != null) {
      publishedAt.putIfAbsent(read(models, record).getVersion(), record.timestamp());
    } else if (topic.equals(topics.modelStatus()) && record.value() != null) {
      ModelStatus status = read(modelStatus, record);
      statuses.put(status.getVersion(), status);
    }
  }

  private static TraitUpdate later(@Nullable TraitUpdate one, TraitUpdate other) {
    return one == null || other.getAsOf().isAfter(one.getAsOf()) ? other : one;
  }

  private static <T> T read(Deserializer<T> deserializer, ConsumerRecord<byte[], byte[]> record) {
    return Objects.requireNonNull(deserializer.deserialize(record.topic(), record.value()));
  }

  private long count(String topic) {
    AtomicLong count = counts.get(topic);
    return count == null ? 0 : count.get();
  }
}
