package dev.presage.model;

import dev.presage.schemas.avro.ModelOutcome;
import dev.presage.schemas.avro.ModelStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a record of the topic {@code models}.
 *
 * @param trait the trait
 * @param version the model version that was decided on
 * @param outcome what became of it
 * @param code why it was refused; null where it was not
 * @param reason the refusal in words; null where it was not refused
 * @param liveVersion the version that scores the trait after the decision; null where none does
 */
public record ModelDecision(
    String trait,
    String version,
    ModelOutcome outcome,
    @Nullable RefusalCode code,
    @Nullable String reason,
    @Nullable String liveVersion) {

  public boolean refused() {
    return outcome == ModelOutcome.REJECTED;
  }

  /**
   * The record that says so on the topic {@code model-status}.
   *
   * @param instance the instance that decided
   * @param decidedAt when it did
   */
  public ModelStatus toStatus(String instance, Instant decidedAt) {
    return ModelStatus.newBuilder()
        .setTrait(trait)
        .setInstance(instance)
        .setVersion(version)
        .setOutcome(outcome)
        .setCode(code == null ? null : code.name())
        .setReason(reason)
        .setLiveVersion(liveVersion)
        .setDecidedAt(decidedAt)
        .build();
  }
}
