package dev.presage.scoring.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;

/** Metrics where Prometheus looks for them. */
@Controller("/metrics")
@ExecuteOn(TaskExecutors.BLOCKING)
final class MetricsController {
  private final PrometheusMeterRegistry registry;

  MetricsController(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  /** All metrics in Prometheus' text format. */
  @Get
  @Produces(MediaType.TEXT_PLAIN)
  @Operation(summary = "Metrics", description = "All metrics in Prometheus' text format")
  String metrics() {
    return registry.scrape();
  }
}
