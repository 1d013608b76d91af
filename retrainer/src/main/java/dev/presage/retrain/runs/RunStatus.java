package dev.presage.retrain.runs;

import dev.presage.retrain.schedule.Occasion;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run at one moment.
 *
 * @param id unique ID of the run
 * @param trait the trait that is trained
 * @param occasion why it is trained
 * @param state where it is
 * @param step what is under way, for people
 * @param progress share of the run that is done, in [0, 1]
 * @param reason why it ended as it did; null before
 * @param insufficientData true: it was held as there was too little to train on
 * @param modelVersion the version that was published, to score or as a candidate that does not;
 *     null where none was
 * @param report what was found out; null where it did not come to that
 * @param queuedAt when it was asked for
 * @param startedAt when it had its turn; null before
 * @param endedAt when it was over; null before
 */
public record RunStatus(
    String id,
    String trait,
    Occasion occasion,
    RunState state,
    String step,
    double progress,
    @Nullable String reason,
    boolean insufficientData,
    @Nullable String modelVersion,
    @Nullable TrainingReport report,
    Instant queuedAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt) {

  /** Below this share what is done says little of what is left. */
  private static final double LEAST_SHARE = 0.02;

  static RunStatus queued(String id, String trait, Occasion occasion, Instant now) {
    return new RunStatus(
        id,
        trait,
        occasion,
        RunState.QUEUED,
        "waiting for its turn",
        0,
        null,
        false,
        null,
        null,
        now,
        null,
        null);
  }

  RunStatus at(RunState next, String nextStep, double done, Instant now) {
    return new RunStatus(
        id,
        trait,
        occasion,
        next,
        nextStep,
        done,
        null,
        false,
        null,
        null,
        queuedAt,
        startedAt == null ? now : startedAt,
        null);
  }

  /** How long it still takes if it goes on as it did; empty where that is not known. */
  public Optional<Duration> remaining(Instant now) {
    if (startedAt == null || state.isOver() || progress < LEAST_SHARE) {
      return Optional.empty();
    }
    double taken = Duration.between(startedAt, now).toMillis();
    return Optional.of(Duration.ofMillis(Math.round(taken * (1 - progress) / progress)));
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

  RunStatus cancelled(Instant now) {
    return over(RunState.CANCELLED, "somebody ended it at: " + step, false, null, null, now);
  }

  private RunStatus over(
      RunState end,
      String why,
      boolean insufficient,
      @Nullable String version,
      @Nullable TrainingReport found,
      Instant now) {
    return new RunStatus(
        id,
        trait,
        occasion,
        end,
        "over",
        1,
        why,
        insufficient,
        version,
        found,
        queuedAt,
        startedAt,
        now);
  }
}
