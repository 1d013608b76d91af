package dev.presage.local.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** How far the groups of a broker have consumed a topic, as they committed it. */
public final class ConsumedOffsets {

  private final Admin admin;

  /** Asks by a client that stays the caller's. */
  public ConsumedOffsets(Admin admin) {
    this.admin = admin;
  }

  /**
   * How many offsets of a topic the group that is farthest has not yet consumed.
   *
   * @throws KafkaException when the broker cannot be asked
   */
  public long lag(String topic) {
    Map<TopicPartition, Long> ends = ends(topic);
    Map<TopicPartition, Long> consumed = new HashMap<>();
    for (GroupListing group : await(admin.listGroups().valid())) {
      if (group.type().filter(GroupType.SHARE::equals).isPresent()) {
        continue;
      }
      committed(group.groupId())
          .forEach(
              (partition, offset) -> {
                if (offset != null && ends.containsKey(partition)) {
                  consumed.merge(partition, offset.offset(), Math::max);
                }
              });
    }
    return ends.entrySet().stream()
        .mapToLong(it -> Math.max(0, it.getValue() - consumed.getOrDefault(it.getKey(), 0L)))
        .sum();
  }

  private Map<TopicPartition, OffsetAndMetadata> committed(String group) {
    return await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
  }

  private Map<TopicPartition, Long> ends(String topic) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    await(admin.describeTopics(List.of(topic)).allTopicNames())
        .values()
        .forEach(
            description ->
                description
                    .partitions()
                    .forEach(
                        it ->
                            latest.put(
                                new TopicPartition(topic, it.partition()), OffsetSpec.latest())));
    Map<TopicPartition, Long> ends = new HashMap<>();
    await(admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)).all())
        .forEach((partition, info) -> ends.put(partition, info.offset()));
    return ends;
  }

  private static <T> T await(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new KafkaException("The broker cannot be asked: " + e.getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Interrupted while asking the broker", e);
    }
  }
}
