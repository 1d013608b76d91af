package dev.presage.scoring.http;

import dev.presage.scoring.runtime.ScoringService;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.Map;
import org.reactivestreams.Publisher;

/** Ready while events are taken and definitions and models are followed. */
@Singleton
@Readiness
final class ScoringHealth implements HealthIndicator {
  private final ScoringService service;

  ScoringHealth(ScoringService service) {
    this.service = service;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    return Publishers.just(
        HealthResult.builder("scoring", service.isReady() ? HealthStatus.UP : HealthStatus.DOWN)
            .details(Map.of("streams", service.state()))
            .build());
  }
}
