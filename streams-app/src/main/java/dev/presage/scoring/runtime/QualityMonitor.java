package dev.presage.scoring.runtime;

import dev.presage.schemas.avro.TrainingExample;
import dev.presage.schemas.registry.SchemaRegistry;
import dev.presage.schemas.settings.ConnectionSettings;
import dev.presage.schemas.topics.CompactedTopicFollower;
import dev.presage.schemas.wire.AvroSerde;
import dev.presage.scoring.metrics.ScoringMetrics;
import dev.presage.scoring.population.PercentileBand;
import dev.presage.scoring.quality.ModelQuality;
import dev.presage.scoring.quality.ServedExamples;
import dev.presage.scoring.quality.TraitFigures;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the training examples, and measures models every so often, on threads of its own. Nobody
 * waits for it: scoring goes on without it.
 */
final class QualityMonitor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(QualityMonitor.class);

  private final ModelQuality quality;
  private final ScoringMetrics metrics;
  private final ModelStatusReporter status;
  private final @Nullable CompactedTopicFollower<TrainingExample> follower;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("measure-models").daemon().factory());

  private QualityMonitor(
      ModelQuality quality,
      ScoringMetrics metrics,
      ModelStatusReporter status,
      @Nullable CompactedTopicFollower<TrainingExample> follower) {
    this.quality = quality;
    this.metrics = metrics;
    this.status = status;
    this.follower = follower;
  }

  /** Starts to follow and to measure. */
  static QualityMonitor start(
      ConnectionSettings connections,
      SchemaRegistry registry,
      QualitySettings settings,
      MeasuredTraits traits,
      ScoringMetrics metrics,
      ModelStatusReporter status) {
    ServedExamples examples =
        new ServedExamples(settings.window(), settings.examples(), traits::find);
    CompactedTopicFollower<TrainingExample> follower =
        settings.examples() == 0
            ? null
            : new CompactedTopicFollower<>(
                connections.topics().trainingExamples(),
                connections.kafka(),
                AvroSerde.of(TrainingExample.class, registry).deserializer(),
                examples::onRecord);
    QualityMonitor monitor =
        new QualityMonitor(
            new ModelQuality(
                metrics.models().challengers(),
                examples,
                percentile -> PercentileBand.of(percentile).label(),
                traits::now),
            metrics,
            status,
            follower);
    monitor.measureEvery(settings.interval());
    return monitor;
  }

  private void measureEvery(Duration interval) {
    var unused =
        timer.scheduleWithFixedDelay(
            this::measure, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void measure() {
    try {
      Map<String, TraitFigures> figures =
          quality.measure(follower != null && follower.isFollowing());
      metrics.quality().show(figures);
      status.measured(figures);
    } catch (RuntimeException e) {
      // The timer would never call again.
      log.error("Models could not be measured; trying again after the interval", e);
    }
  }

  /** What was measured last. */
  ModelQuality quality() {
    return quality;
  }

  @Override
  public void close() {
    timer.shutdownNow();
    if (follower != null) {
      follower.close();
    }
  }
}
