package dev.presage.retrain.mlflow;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What became of the copy of a run.
 *
 * @param outcome where it is
 * @param reason why it failed; null where it did not
 * @param mlflowRun MLflow's ID of the run; null before it is written
 * @param page where people find it; null before it is written
 */
public record ExportState(
    Outcome outcome, @Nullable String reason, @Nullable String mlflowRun, @Nullable URI page) {
  static final ExportState WAITING = new ExportState(Outcome.WAITING, null, null, null);

  /** Where a copy is. */
  public enum Outcome {
    /** It is not written yet. */
    WAITING,
    /** It is written. */
    EXPORTED,
    /** It could not be written. */
    FAILED
  }

  static ExportState exported(MlflowClient.Written written) {
    return new ExportState(Outcome.EXPORTED, null, written.id(), written.page());
  }

  static ExportState failed(String reason) {
    return new ExportState(Outcome.FAILED, reason, null, null);
  }
}
