package dev.presage.scoring.runtime;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a topology: starts it, watches it, stops it. */
final class StreamsRunner implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StreamsRunner.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private final KafkaStreams streams;
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

  StreamsRunner(Topology topology, ScoringSettings settings) {
    this.streams = new KafkaStreams(topology, StreamsConfiguration.of(settings));
    streams.setUncaughtExceptionHandler(StreamsRunner::onFailure);
    streams.setStateListener(
        (to, from) -> {
          log.info("Kafka Streams is {}, was {}", to, from);
          if (to == KafkaStreams.State.ERROR) {
            ended.completeExceptionally(
                new IllegalStateException("Kafka Streams has ended with an error"));
          } else if (to == KafkaStreams.State.NOT_RUNNING) {
            ended.complete(null);
          }
        });
  }

  void start() {
    streams.start();
  }

  KafkaStreams streams() {
    return streams;
  }

  /** Completes when the topology has ended; exceptionally when it did so by itself. */
  CompletableFuture<@Nullable Void> ended() {
    return ended;
  }

  /**
   * The transaction is aborted, so nothing is lost or doubled; whoever supervises the process
   * starts it again. Replacing the thread instead would leave its static membership behind.
   */
  private static StreamThreadExceptionResponse onFailure(Throwable failure) {
    log.error("A stream thread has failed; this instance ends", failure);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  @Override
  public void close() {
    boolean closed =
        streams.close(
            CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(CLOSE_TIMEOUT));
    if (!closed) {
      log.warn("Kafka Streams did not stop within {} s", CLOSE_TIMEOUT.toSeconds());
    }
  }
}
