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
 * @param attempts how often it was begun: again for every retrainer that was lost in it
 * @param historyLength length of the history when it was begun; 0 before
 * @param queuedAt when it was asked for
 * @param startedAt when it had its turn; null before
 * @param endedAt when it was over; null before
 * @param end how it ended; null before
 */
public record RunStatus(
    String id,
    String trait,
    Occasion occasion,
    RunState state,
    String step,
    double progress,
    int attempts,
    long historyLength,
    Instant queuedAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable RunEnd end) {

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
        0,
        0,
        now,
        null,
        null,
        null);
  }

  /** After its retrainer was lost. */
  RunStatus queuedAgain() {
    return waitingAgain(attempts);
  }

  /** As its retrainer is stopped: that is no fault of the run, and does not count. */
  RunStatus handedOver() {
    return waitingAgain(Math.max(0, attempts - 1));
  }

  private RunStatus waitingAgain(int begun) {
    return new RunStatus(
        id,
        trait,
        occasion,
        RunState.QUEUED,
        "begins anew, as its retrainer was stopped",
        0,
        begun,
        0,
        queuedAt,
        null,
        null,
        null);
  }

  RunStatus begun(long length, Instant now) {
    return new RunStatus(
        id,
        trait,
        occasion,
        RunState.READING,
        "reading the history",
        0,
        attempts + 1,
        length,
        queuedAt,
        now,
        null,
        null);
  }

  RunStatus at(RunState next, String nextStep, double done, Instant now) {
    Instant started = startedAt == null ? now : startedAt;
    return new RunStatus(
        id,
        trait,
        occasion,
        next,
        nextStep,
        done,
        attempts,
        historyLength,
        queuedAt,
        started,
        null,
        null);
  }

  RunStatus ended(TrainingOutcome outcome, Instant now) {
    RunState state =
        outcome instanceof TrainingOutcome.Published ? RunState.PUBLISHED : RunState.HELD;
    return over(state, RunEnd.of(outcome), now);
  }

  RunStatus failed(String why, Instant now) {
    return over(RunState.FAILED, RunEnd.without(why), now);
  }

  RunStatus cancelled(Instant now) {
    return cancelled("somebody ended it at: " + step, now);
  }

  RunStatus cancelled(String why, Instant now) {
    return over(RunState.CANCELLED, RunEnd.without(why), now);
  }

  /** The same where its model was taken back. */
  public RunStatus held() {
    return new RunStatus(
        id,
        trait,
        occasion,
        RunState.HELD,
        step,
        progress,
        attempts,
        historyLength,
        queuedAt,
        startedAt,
        endedAt,
        end);
  }

  /** With what became of its model later. */
  RunStatus amended(String sentence) {
    return new RunStatus(
        id,
        trait,
        occasion,
        state,
        step,
        progress,
        attempts,
        historyLength,
        queuedAt,
        startedAt,
        endedAt,
        end == null ? null : end.amended(sentence));
  }

  private RunStatus over(RunState last, RunEnd how, Instant now) {
    return new RunStatus(
        id,
        trait,
        occasion,
        last,
        "over",
        1,
        attempts,
        historyLength,
        queuedAt,
        startedAt,
        now,
        how);
  }

  /** How long it still takes if it goes on as it did; empty where that is not known. */
  public Optional<Duration> remaining(Instant now) {
    if (startedAt == null || state.isOver() || progress < LEAST_SHARE) {
      return Optional.empty();
    }
    double taken = Duration.between(startedAt, now).toMillis();
    return Optional.of(Duration.ofMillis(Math.round(taken * (1 - progress) / progress)));
  }

  /** Why it ended as it did; null before. */
  public @Nullable String reason() {
    return end == null ? null : end.reason();
  }

  /** The version that was published; null where none was. */
  public @Nullable String modelVersion() {
    return end == null ? null : end.modelVersion();
  }

  /** What was found out; null where it did not come to that. */
  public @Nullable TrainingReport report() {
    return end == null ? null : end.report();
  }

  /** Whether it was held as there was too little to train on. */
  public boolean insufficientData() {
    return end != null && end.insufficientData();
  }
}
