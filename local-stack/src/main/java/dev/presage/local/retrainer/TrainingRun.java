package dev.presage.local.retrainer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A training run as it is at one moment.
 *
 * @param id its ID
 * @param trait the trait
 * @param state what it does; the last states are PUBLISHED, HELD, CANCELLED and FAILED
 * @param step what it does, in words; can be empty
 * @param progress how far it is, in [0, 1]
 * @param reason why it is in this state; can be empty
 * @param modelVersion the version that it made, if it made one
 * @param evaluation what it measured on held-out future, if it did
 */
public record TrainingRun(
    String id,
    String trait,
    String state,
    String step,
    double progress,
    String reason,
    Optional<String> modelVersion,
    Optional<Quality> evaluation) {

  static TrainingRun of(JsonNode run) {
    JsonNode evaluation = run.path("evaluation");
    return new TrainingRun(
        run.path("id").asText(),
        run.path("trait").asText(),
        run.path("state").asText(),
        text(run, "step").orElse(""),
        run.path("progress").asDouble(),
        text(run, "reason").orElse(""),
        text(run, "modelVersion"),
        evaluation.isObject() ? Optional.of(Quality.of(evaluation)) : Optional.empty());
  }

  private static Optional<String> text(JsonNode run, String key) {
    return Optional.ofNullable(run.path(key).textValue());
  }

  /** Whether it goes on no more. */
  public boolean isOver() {
    return isPublished() || isHeld() || isCancelled() || state.equals("FAILED");
  }

  /** Whether somebody ended it. */
  public boolean isCancelled() {
    return state.equals("CANCELLED");
  }

  /** Whether its model was published. */
  public boolean isPublished() {
    return state.equals("PUBLISHED");
  }

  /** Whether its model was made, but is not good enough to be published. */
  public boolean isHeld() {
    return state.equals("HELD");
  }
}
