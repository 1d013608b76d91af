package dev.presage.schemas.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the topics that are missing and checks those that are there. */
public final class TopicProvisioner {
  private static final Logger log = LoggerFactory.getLogger(TopicProvisioner.class);

  private static final Duration PROPAGATION = Duration.ofSeconds(60);

  private final Admin admin;

  /** Works with an admin client that stays the caller's. */
  public TopicProvisioner(Admin admin) {
    this.admin = admin;
  }

  /**
   * Creates what is missing with the broker's default replication and checks the rest.
   *
   * @throws TopicMismatchException when topics that are there differ from what they must be, with
   *     every difference
   * @throws KafkaException when the broker cannot be reached or refuses
   */
  public void ensure(TopicCatalogue catalogue) {
    List<TopicSpec> missing = new ArrayList<>();
    List<TopicSpec> present = new ArrayList<>();
    Collection<String> names = await(admin.listTopics().names());
    for (TopicSpec spec : catalogue.specs()) {
      (names.contains(spec.name()) ? present : missing).add(spec);
    }
    for (TopicSpec spec : missing) {
      if (!create(spec)) {
        present.add(spec);
      }
    }
    awaitLeaders(missing.stream().map(TopicSpec::name).toList());
    check(present);
  }

  /**
   * Waits until every partition of topics that were created just now has a leader that answers.
   *
   * <p>A broker may refuse the first batch of an idempotent producer because it does not lead the
   * partition yet and take the second, which is on its way already. The first is out of order from
   * then on and times out.
   *
   * @throws KafkaException when a leader does not answer in time
   */
  public void awaitLeaders(Collection<String> topics) {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (TopicDescription topic : describe(topics).values()) {
      for (TopicPartitionInfo partition : topic.partitions()) {
        ends.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest());
      }
    }
    await(admin.listOffsets(ends).all());
  }

  /** False where another instance created it meanwhile, maybe with other settings. */
  private boolean create(TopicSpec spec) {
    NewTopic topic =
        new NewTopic(spec.name(), Optional.of(spec.partitions()), Optional.empty())
            .configs(spec.config());
    try {
      await(admin.createTopics(List.of(topic)).all());
      log.info("Created topic {} with {} partitions", spec.name(), spec.partitions());
      return true;
    } catch (TopicExistsException e) {
      log.debug("Topic {} was created by another instance meanwhile", spec.name(), e);
      return false;
    }
  }

  private void check(List<TopicSpec> present) {
    List<String> names = present.stream().map(TopicSpec::name).toList();
    Map<String, TopicDescription> descriptions = describe(names);
    Map<ConfigResource, Config> configs =
        await(
            admin
                .describeConfigs(
                    names.stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList())
                .all());
    List<String> problems = new ArrayList<>();
    for (TopicSpec spec : present) {
      TopicDescription description = Objects.requireNonNull(descriptions.get(spec.name()));
      checkPartitions(spec, description.partitions().size(), problems);
      Config config =
          Objects.requireNonNull(
              configs.get(new ConfigResource(ConfigResource.Type.TOPIC, spec.name())));
      checkConfig(spec, config, problems);
    }
    if (!problems.isEmpty()) {
      throw new TopicMismatchException(problems);
    }
  }

  /** Waits for topics that another instance created just now and that not every broker knows. */
  private Map<String, TopicDescription> describe(Collection<String> names) {
    long began = System.nanoTime();
    while (true) {
      try {
        return await(admin.describeTopics(names).allTopicNames());
      } catch (UnknownTopicOrPartitionException e) {
        if (System.nanoTime() - began > PROPAGATION.toNanos()) {
          throw e;
        }
        pause();
      }
    }
  }

  private static void checkPartitions(TopicSpec spec, int there, List<String> problems) {
    if (there == spec.partitions()) {
      return;
    }
    if (!spec.exactPartitions()) {
      log.info("Topic {} has {} partitions, not {}", spec.name(), there, spec.partitions());
      return;
    }
    String cure =
        spec.partitions() == 1
            ? "create it anew, or move to new topics by a prefix"
            : "set presage.topics.partitions to what is there, or move to new topics by a prefix";
    problems.add(
        "%s has %d partitions, expected %d: %s"
            .formatted(spec.name(), there, spec.partitions(), cure));
  }

  private static void checkConfig(TopicSpec spec, Config there, List<String> problems) {
    Map<String, String> expected = new TreeMap<>(spec.config());
    expected.put(TopicConfig.CLEANUP_POLICY_CONFIG, spec.cleanupPolicy());
    expected.forEach(
        (key, value) -> {
          ConfigEntry entry = there.get(key);
          String actual = entry == null ? "" : entry.value();
          boolean atLeast = key.equals(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
          boolean fits =
              atLeast
                  ? !actual.isEmpty() && Long.parseLong(actual) >= Long.parseLong(value)
                  : actual.equals(value);
          if (!fits) {
            problems.add(
                "%s has %s=%s, expected %s%s: alter the topic's setting"
                    .formatted(spec.name(), key, actual, atLeast ? "at least " : "", value));
          }
        });
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Interrupted while waiting for topics", e);
    }
  }

  private static <T> T await(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Interrupted while asking the broker for its topics", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException known) {
        throw known;
      }
      throw new KafkaException("Cannot ask the broker for its topics", e.getCause());
    }
  }
}
