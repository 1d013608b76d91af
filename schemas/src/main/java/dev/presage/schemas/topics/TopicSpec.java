package dev.presage.schemas.topics;

import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * What a topic must be.
 *
 * @param name full name, prefix included
 * @param key what its keys are, for people
 * @param value schema of its values; null where they are bytes as received
 * @param partitions number of partitions
 * @param exactPartitions whether another number of partitions is wrong: records would be in another
 *     order, or profiles on other partitions than their state
 * @param config settings of the topic that differ from the broker's defaults
 */
public record TopicSpec(
    String name,
    String key,
    @Nullable Schema value,
    int partitions,
    boolean exactPartitions,
    Map<String, String> config) {

  public TopicSpec {
    if (partitions < 1) {
      throw new IllegalArgumentException(
          "Topic " + name + " must have at least 1 partition, got " + partitions);
    }
    config = Map.copyOf(config);
  }

  /** {@code compact} or {@code delete}. */
  public String cleanupPolicy() {
    return config.getOrDefault(
        TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
  }
}
