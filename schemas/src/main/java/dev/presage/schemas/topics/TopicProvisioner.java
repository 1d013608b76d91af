package dev.presage.schemas.topics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the topics that are missing and checks those that are there. */
public final class TopicProvisioner {
  private static final Logger log = LoggerFactory.getLogger(TopicProvisioner.class);

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
      create(spec);
    }
    check(present);
  }

  private void create(TopicSpec spec) {
    NewTopic topic =
        new NewTopic(spec.name(), Optional.of(spec.partitions()), Optional.empty())
            .configs(spec.config());
    try {
      await(admin.createTopics(List.of(topic)).all());
      log.info("Created topic {} with {} partitions", spec.name(), spec.partitions());
    } catch (TopicExistsException e) {
      log.debug("Topic {} was created by another instance meanwhile", spec.name(), e);
    }
  }

  private void check(List<TopicSpec> present) {
    List<String> names = present.stream().map(TopicSpec::name).toList();
    Map<String, TopicDescription> descriptions = await(admin.describeTopics(names).allTopicNames());
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
      int partitions = Objects.requireNonNull(descriptions.get(spec.name())).partitions().size();
      if (partitions != spec.partitions()) {
        problems.add(
            "%s has %d partitions, expected %d: set presage.topics.partitions to what is there, or move to new topics by a prefix"
                .formatted(spec.name(), partitions, spec.partitions()));
      }
      Config config =
          Objects.requireNonNull(
              configs.get(new ConfigResource(ConfigResource.Type.TOPIC, spec.name())));
      String policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
      if (!policy.equals(spec.cleanupPolicy())) {
        problems.add(
            "%s has %s=%s, expected %s"
                .formatted(
                    spec.name(), TopicConfig.CLEANUP_POLICY_CONFIG, policy, spec.cleanupPolicy()));
      }
    }
    if (!problems.isEmpty()) {
      throw new TopicMismatchException(problems);
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
