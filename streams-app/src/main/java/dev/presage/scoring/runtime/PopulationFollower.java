package dev.presage.scoring.runtime;

import dev.presage.schemas.avro.Census;
import dev.presage.schemas.registry.SchemaRegistry;
import dev.presage.schemas.settings.ConnectionSettings;
import dev.presage.schemas.topics.CompactedTopicFollower;
import dev.presage.schemas.wire.AvroSerde;
import dev.presage.scoring.population.Population;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Keeps the population up to date with what every partition says of its census. */
final class PopulationFollower implements AutoCloseable {
  private static final Duration CATCH_UP_TIMEOUT = Duration.ofMinutes(5);

  private final CompactedTopicFollower<Census> follower;

  /** Starts to follow. */
  PopulationFollower(
      ConnectionSettings connections, SchemaRegistry registry, Population population) {
    this.follower =
        new CompactedTopicFollower<>(
            connections.topics().population(),
            connections.kafka(),
            AvroSerde.of(Census.class, registry).deserializer(),
            population::onRecord);
  }

  /** Waits until the topic has been read to the end that it had. */
  void awaitCaughtUp() {
    follower.awaitCaughtUp(CATCH_UP_TIMEOUT);
  }

  boolean isFollowing() {
    return follower.isFollowing();
  }

  /** Completes when it has ended; exceptionally when it did so by itself. */
  CompletableFuture<?> ended() {
    return follower.ended();
  }

  @Override
  public void close() {
    follower.close();
  }
}
