package dev.presage.scoring.metrics;

import dev.presage.schemas.avro.HeldBy;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is counted of triggers. Thread-safe. */
public final class TriggerMetrics {
  private final MeterRegistry registry;
  private final Map<String, Counter> sent = new ConcurrentHashMap<>();
  private final Map<String, Counter> holdouts = new ConcurrentHashMap<>();
  private final Map<String, Counter> calls = new ConcurrentHashMap<>();

  /** By trigger and cap. */
  private final Map<Hold, Counter> held = new ConcurrentHashMap<>();

  private record Hold(String trigger, HeldBy by) {}

  TriggerMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Counts a trigger that went out, to act on or for the holdout alone. */
  public void sent(String trigger, boolean holdout) {
    (holdout ? holdouts : sent)
        .computeIfAbsent(
            trigger,
            it ->
                Counter.builder(holdout ? "presage.triggers.holdout" : "presage.triggers.sent")
                    .description(
                        holdout
                            ? "Triggers recorded for profiles of the holdout, who get nothing"
                            : "Triggers sent, those for the holdout not included")
                    .tag("trigger", it)
                    .register(registry))
        .increment();
  }

  /** Counts what happened to something that is no customer, and may be for customers. */
  public void called(String trigger) {
    calls
        .computeIfAbsent(
            trigger,
            it ->
                Counter.builder("presage.triggers.calls")
                    .description("What set a trigger off whose recipients are still to be found")
                    .tag("trigger", it)
                    .register(registry))
        .increment();
  }

  /** Counts a trigger that a cap held back. */
  public void held(String trigger, HeldBy by) {
    held.computeIfAbsent(
            new Hold(trigger, by),
            it ->
                Counter.builder("presage.triggers.held")
                    .description("Triggers that matched and were held back, by cap")
                    .tag("trigger", it.trigger())
                    .tag("cap", it.by().name())
                    .register(registry))
        .increment();
  }
}
