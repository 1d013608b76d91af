package dev.presage.retrain.kafka;

import dev.presage.retrain.runs.RunEnd;
import dev.presage.retrain.runs.RunState;
import dev.presage.retrain.runs.RunStatus;
import dev.presage.retrain.schedule.Gain;
import dev.presage.retrain.schedule.Occasion;
import dev.presage.schemas.avro.TrainingGain;
import dev.presage.schemas.avro.TrainingOccasion;
import dev.presage.schemas.avro.TrainingRun;
import dev.presage.schemas.avro.TrainingRunState;
import java.util.Optional;

/** Runs as records of the topic {@code training-runs}, and back, without their reports. */
final class RunCodec {
  private RunCodec() {}

  static String key(RunStatus run) {
    return run.trait() + "/" + run.id();
  }

  /** The ID of the run that a key names. */
  static String id(String key) {
    return key.substring(key.lastIndexOf('/') + 1);
  }

  static TrainingRun encode(RunStatus run) {
    RunEnd end = run.end();
    return TrainingRun.newBuilder()
        .setRunId(run.id())
        .setTrait(run.trait())
        .setOccasion(TrainingOccasion.valueOf(run.occasion().kind().name()))
        .setOccasionReason(run.occasion().reason())
        .setState(TrainingRunState.valueOf(run.state().name()))
        .setStep(run.step())
        .setProgress(run.progress())
        .setAttempts(run.attempts())
        .setHistoryLength(run.historyLength())
        .setQueuedAt(run.queuedAt())
        .setStartedAt(run.startedAt())
        .setEndedAt(run.endedAt())
        .setReason(end == null ? null : end.reason())
        .setInsufficientData(end != null && end.insufficientData())
        .setModelVersion(end == null ? null : end.modelVersion())
        .setGain(end == null ? TrainingGain.UNKNOWN : TrainingGain.valueOf(end.gain().name()))
        .build();
  }

  /** The run; nothing where a newer retrainer wrote what this one does not know. */
  static Optional<RunStatus> decode(TrainingRun run) {
    if (run.getState() == TrainingRunState.UNKNOWN
        || run.getOccasion() == TrainingOccasion.UNKNOWN) {
      return Optional.empty();
    }
    RunState state = RunState.valueOf(run.getState().name());
    return Optional.of(
        new RunStatus(
            run.getRunId(),
            run.getTrait(),
            new Occasion(Occasion.Kind.valueOf(run.getOccasion().name()), run.getOccasionReason()),
            state,
            run.getStep(),
            run.getProgress(),
            run.getAttempts(),
            run.getHistoryLength(),
            run.getQueuedAt(),
            run.getStartedAt(),
            run.getEndedAt(),
            state.isOver() ? end(run) : null));
  }

  private static RunEnd end(TrainingRun run) {
    return new RunEnd(
        String.valueOf(run.getReason()),
        run.getInsufficientData(),
        run.getModelVersion(),
        Gain.valueOf(run.getGain().name()),
        null);
  }
}
