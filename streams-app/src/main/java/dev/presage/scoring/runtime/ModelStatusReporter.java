package dev.presage.scoring.runtime;

import dev.presage.model.ModelDecision;
import dev.presage.schemas.avro.ModelMeasurement;
import dev.presage.schemas.avro.ModelStatus;
import dev.presage.scoring.quality.TraitFigures;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Says on {@code model-status} what became of models and what they are worth. There is one record a
 * trait and instance, and the topic is compacted, so each has the last decision and the last
 * figures. Thread-safe.
 */
final class ModelStatusReporter {
  private final BiConsumer<String, ModelStatus> publisher;
  private final String instance;
  private final InstantSource clock;
  private final Map<String, Known> byTrait = new HashMap<>();

  /** What was said last of a trait. */
  private record Known(
      ModelDecision decision, Instant decidedAt, TraitFigures figures, Instant measuredAt) {
    ModelStatus toStatus(String instance) {
      @Nullable ModelMeasurement measurement =
          figures.isEmpty() ? null : ModelMeasurements.of(figures, measuredAt);
      return ModelStatus.newBuilder(decision.toStatus(instance, decidedAt))
          .setMeasurement(measurement)
          .build();
    }
  }

  /**
   * @param publisher takes a key of the topic and a status
   */
  ModelStatusReporter(
      BiConsumer<String, ModelStatus> publisher, String instance, InstantSource clock) {
    this.publisher = publisher;
    this.instance = instance;
    this.clock = clock;
  }

  /** Says what became of a model, with the last figures of its trait. */
  synchronized void decided(ModelDecision decision) {
    Known before = byTrait.get(decision.trait());
    Instant now = clock.instant();
    publish(
        before == null
            ? new Known(decision, now, TraitFigures.NONE, now)
            : new Known(decision, now, before.figures(), before.measuredAt()));
  }

  /**
   * Says what was measured, with the last decision, of each trait whose figures have changed.
   *
   * @param figures of all traits, by name; none of traits of which nothing is known
   */
  synchronized void measured(Map<String, TraitFigures> figures) {
    for (Known known : Map.copyOf(byTrait).values()) {
      TraitFigures now = figures.getOrDefault(known.decision().trait(), TraitFigures.NONE);
      if (!now.equals(known.figures())) {
        publish(new Known(known.decision(), known.decidedAt(), now, clock.instant()));
      }
    }
  }

  private void publish(Known known) {
    String trait = known.decision().trait();
    byTrait.put(trait, known);
    publisher.accept(trait + "/" + instance, known.toStatus(instance));
  }
}
