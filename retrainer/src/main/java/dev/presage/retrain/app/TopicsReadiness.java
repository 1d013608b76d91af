package dev.presage.retrain.app;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;

/** Ready while trait definitions and models are followed. */
@Singleton
@Readiness
class TopicsReadiness implements HealthIndicator {
  private final Retrainer retrainer;

  TopicsReadiness(Retrainer retrainer) {
    this.retrainer = retrainer;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    HealthStatus status = retrainer.isReady() ? HealthStatus.UP : HealthStatus.DOWN;
    return Publishers.just(HealthResult.builder("topics", status).build());
  }
}
