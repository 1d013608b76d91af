package dev.presage.scoring.runtime;

import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TriggerDefinition;
import dev.presage.schemas.registry.SchemaRegistry;
import dev.presage.schemas.settings.ConnectionSettings;
import dev.presage.schemas.topics.CompactedTopicFollower;
import dev.presage.schemas.topics.CompactedTopicFollower.Handler;
import dev.presage.schemas.wire.AvroSerde;
import dev.presage.scoring.rules.RuleBooks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.specific.SpecificRecord;

/** Keeps the rules up to date with the topics of definitions and models. */
final class RuleFollowers implements AutoCloseable {
  private static final Duration CATCH_UP_TIMEOUT = Duration.ofMinutes(5);

  private final List<CompactedTopicFollower<?>> followers = new CopyOnWriteArrayList<>();
  private final ConnectionSettings connections;
  private final SchemaRegistry registry;

  RuleFollowers(ConnectionSettings connections, SchemaRegistry registry) {
    this.connections = connections;
    this.registry = registry;
  }

  /**
   * Reads each topic to its end, one after the other: triggers lean on segments, segments on
   * traits.
   */
  void catchUp(
      RuleBooks rules, DefinitionStatusReporter definitions, Handler<ModelArtefact> models) {
    follow(
        connections.topics().traitDefinitions(),
        TraitDefinition.class,
        new DefinitionHandler<>(rules::trait, rules::refuseTrait, definitions));
    follow(
        connections.topics().segmentDefinitions(),
        SegmentDefinition.class,
        new DefinitionHandler<>(rules::segmentation, rules::refuseSegmentation, definitions));
    follow(
        connections.topics().triggerDefinitions(),
        TriggerDefinition.class,
        new DefinitionHandler<>(rules::trigger, rules::refuseTrigger, definitions));
    follow(connections.topics().models(), ModelArtefact.class, models);
  }

  boolean areFollowing() {
    return !followers.isEmpty() && followers.stream().allMatch(CompactedTopicFollower::isFollowing);
  }

  /** Completes when a follower has ended; exceptionally when it did so by itself. */
  CompletableFuture<?> ended() {
    return CompletableFuture.anyOf(
        followers.stream().map(CompactedTopicFollower::ended).toArray(CompletableFuture<?>[]::new));
  }

  private <T extends SpecificRecord> void follow(String topic, Class<T> type, Handler<T> handler) {
    CompactedTopicFollower<T> follower =
        new CompactedTopicFollower<>(
            topic, connections.kafka(), AvroSerde.of(type, registry).deserializer(), handler);
    followers.add(follower);
    follower.awaitCaughtUp(CATCH_UP_TIMEOUT);
  }

  @Override
  public void close() {
    followers.forEach(CompactedTopicFollower::close);
  }
}
