package dev.presage.retrain.runs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run at one moment.
 *
 * @param id unique ID of the run
 * @param trait the trait that is trained
 * @param state where it is
 * @param step what is under way, for people
 * @param progress share of the run that is done, in [0, 1]
 * @param reason why it ended as it did; null before
 * @param insufficientData true: it was held as there was too little to train on
 * @param modelVersion the version that was published, to score or as a candidate that does not;
 *     null where none was
 * @param report what was found out; null where it did not come to that
 * @param queuedAt when it was asked for
 * @param endedAt when it was over; null before
 */
public record RunStatus(
    String id,
    String trait,
    RunState state,
    String step,
    double progress,
    @Nullable String reason,
    boolean insufficientData,
    @Nullable String modelVersion,
    @Nullable TrainingReport report,
    Instant queuedAt,
    @Nullable Instant endedAt) {

  static RunStatus queued(String id, String trait, Instant now) {
    return new RunStatus(
        id, trait, RunState.QUEUED, "waiting for its turn", 0, null, false, null, null, now, null);
  }

  RunStatus at(RunState next, String nextStep, double done) {
    return new RunStatus(id, trait, next, nextStep, done, null, false, null, null, queuedAt, null);
  }

  RunStatus ended(TrainingOutcome outcome, Instant now) {
    return switch (outcome) {
      case TrainingOutcome.Published it ->
          over(
              RunState.PUBLISHED,
              it.decision().reason(),
              false,
              it.modelVersion(),
              it.report(),
              now);
      case TrainingOutcome.Held it ->
          over(RunState.HELD, it.decision().reason(), false, it.modelVersion(), it.report(), now);
      case TrainingOutcome.InsufficientData it ->
          over(RunState.HELD, "Not enough data: " + it.reason(), true, null, null, now);
    };
  }

  RunStatus failed(String why, Instant now) {
    return over(RunState.FAILED, why, false, null, null, now);
  }

  private RunStatus over(
      RunState end,
      String why,
      boolean insufficient,
      @Nullable String version,
      @Nullable TrainingReport found,
      Instant now) {
    return new RunStatus(
        id, trait, end, "over", 1, why, insufficient, version, found, queuedAt, now);
  }
}
