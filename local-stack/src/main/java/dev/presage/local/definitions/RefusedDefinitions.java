package dev.presage.local.definitions;

import dev.presage.local.connection.Connection;
import dev.presage.schemas.avro.DefinitionKind;
import dev.presage.schemas.avro.DefinitionOutcome;
import dev.presage.schemas.avro.DefinitionStatus;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.topics.Topics;
import dev.presage.schemas.wire.AvroSerde;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** Finds out what the streams application refused of definitions that were published. */
public final class RefusedDefinitions {

  private static final Duration POLL = Duration.ofMillis(100);

  private final Connection connection;
  private final String topic;
  private final Duration patience;

  /**
   * Reads {@code definition-status}.
   *
   * @param patience how long to wait at most for definitions about which nothing is said yet
   */
  public RefusedDefinitions(Connection connection, Topics topics, Duration patience) {
    this.connection = connection;
    this.topic = topics.definitionStatus();
    this.patience = patience;
  }

  /** What is defined under a name. */
  private record Name(DefinitionKind kind, String name) {}

  /**
   * The refusals among what was said last of each definition, in the order in which it was said.
   *
   * @param since what was decided before this time does not count
   */
  public List<DefinitionStatus> among(
      List<TraitDefinition> traits, List<SegmentDefinition> segmentations, Instant since) {
    Set<Name> awaited = new HashSet<>();
    traits.forEach(it -> awaited.add(new Name(DefinitionKind.TRAIT, it.getTrait())));
    segmentations.forEach(
        it -> awaited.add(new Name(DefinitionKind.SEGMENTATION, it.getSegmentation())));
    return last(awaited, since.toEpochMilli()).values().stream()
        .filter(it -> it.getOutcome() == DefinitionOutcome.REFUSED)
        .toList();
  }

  /** A refusal for people: what is refused, then each problem on a line. */
  public static List<String> lines(DefinitionStatus refusal) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "The %s %s is refused, and %s:"
            .formatted(
                refusal.getKind().name().toLowerCase(Locale.ROOT),
                refusal.getName(),
                refusal.getInEffect() ? "the last valid one goes on" : "none is in effect"));
    refusal.getProblems().forEach(problem -> lines.add("  " + problem));
    return lines;
  }

  private Map<Name, DefinitionStatus> last(Set<Name> awaited, long sinceMillis) {
    Deserializer<DefinitionStatus> deserializer =
        AvroSerde.of(DefinitionStatus.class, connection.registry()).deserializer();
    Map<Name, DefinitionStatus> last = new LinkedHashMap<>();
    long deadline = System.nanoTime() + patience.toNanos();
    try (Consumer<byte[], byte[]> consumer = connection.consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(it -> new TopicPartition(it.topic(), it.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!last.keySet().containsAll(awaited) && System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          DefinitionStatus status = deserializer.deserialize(topic, record.value());
          if (status != null && status.getDecidedAt().toEpochMilli() >= sinceMillis) {
            last.put(new Name(status.getKind(), status.getName()), status);
          }
        }
      }
    }
    last.keySet().retainAll(awaited);
    return last;
  }
}
