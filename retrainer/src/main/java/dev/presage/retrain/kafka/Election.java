package dev.presage.retrain.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Elects one leader among the processes of an installation: they are a consumer group on a topic
 * with one partition, and who has it leads. A leader that is closed hands over at once, one that is
 * lost after some ten seconds.
 */
public final class Election implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Election.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final int SESSION_MILLIS = 10_000;
  private static final int HEARTBEAT_MILLIS = 2_000;
  private static final Duration LONGEST_QUESTION = Duration.ofSeconds(10);

  private final Map<String, Object> kafka;
  private final String topic;
  private final String group;
  private final String address;
  private final Candidate candidate;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  /** Touched by the election's thread alone. */
  private boolean elected;

  private volatile boolean rejoining;

  /** What is done about the outcome; called by the election's thread alone. */
  public interface Candidate {
    /**
     * This process leads from now on.
     *
     * @throws RuntimeException when it cannot yet; it is asked again after a second
     */
    void lead();

    /** This process gives up the lead in good order, and leaves what is not done to the next. */
    void handOver();

    /** Another one leads already. */
    void follow();

    /** Whether it leads, and has not found out by itself that another one does. */
    boolean isLeading();
  }

  /**
   * Stands for election.
   *
   * @param kafka settings of Kafka clients, at least the bootstrap servers
   * @param topic has one partition, and is there
   * @param address of this process, as others reach it
   */
  public Election(Map<String, Object> kafka, String topic, String address, Candidate candidate) {
    this.kafka = Map.copyOf(kafka);
    this.topic = topic;
    this.group = topic + "-leader";
    this.address = address;
    this.candidate = candidate;
    this.thread = Thread.ofPlatform().name("election").daemon().start(this::run);
  }

  /**
   * The address of the process that leads; nothing while there is none.
   *
   * @throws KafkaException when the broker does not say
   */
  public Optional<String> leader() {
    if (candidate.isLeading()) {
      return Optional.of(address);
    }
    Admin admin = Admin.create(kafka);
    try {
      ConsumerGroupDescription description =
          Objects.requireNonNull(
              admin
                  .describeConsumerGroups(List.of(group))
                  .all()
                  .get(LONGEST_QUESTION.toMillis(), TimeUnit.MILLISECONDS)
                  .get(group));
      return description.members().stream()
          .filter(it -> !it.assignment().topicPartitions().isEmpty())
          .map(MemberDescription::clientId)
          .filter(it -> !it.equals(address))
          .findFirst();
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("The broker does not say who leads: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Stopped while asking who leads", e);
    } finally {
      admin.close(Duration.ZERO); // Where the broker is gone it would wait for it.
    }
  }

  /** Leaves the group and stands again, as another one has turned out to lead. */
  public void rejoin() {
    rejoining = true;
  }

  /** Whether it goes on. */
  public boolean isAlive() {
    return thread.isAlive();
  }

  /** Gives up the lead, if it has it, in good order. */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (closing.getCount() > 0) {
      try {
        stand();
      } catch (KafkaException e) {
        log.warn("Lost the election's group, trying again: {}", e.getMessage());
        pause();
      } catch (RuntimeException | Error e) {
        // Errors as well: without this thread nobody would train, and nobody would hear of it.
        log.error("The election broke, trying again", e);
        pause();
      }
    }
  }

  private void stand() {
    rejoining = false;
    try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings())) {
      consumer.subscribe(List.of(topic), new Assigned());
      while (closing.getCount() > 0 && !rejoining) {
        consumer.poll(POLL);
        // Only the group is of interest; the records are read elsewhere.
        consumer.pause(consumer.assignment());
        takeUp();
      }
    } finally {
      elected = false;
      candidate.follow();
    }
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, address);
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS);
    // Who leads goes on when others come and go.
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return settings;
  }

  private void takeUp() {
    if (!elected || candidate.isLeading()) {
      return;
    }
    try {
      candidate.lead();
      log.info("This retrainer leads");
    } catch (RuntimeException e) {
      log.warn("Elected, but cannot lead yet: {}", e.getMessage());
      log.debug("Why it cannot lead", e);
      pause();
    }
  }

  private void pause() {
    try {
      if (closing.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS)) {
        log.debug("Closed while waiting for the broker");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing.countDown();
    }
  }

  private final class Assigned implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      elected |= !partitions.isEmpty();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      if (!partitions.isEmpty()) {
        elected = false;
        candidate.handOver();
      }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      elected = false;
      candidate.follow();
    }
  }
}
