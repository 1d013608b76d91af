package dev.presage.retrain.runs;

/** Where a training run is. */
public enum RunState {
  /** It waits for its turn. */
  QUEUED,
  /** It reads the history and builds rows. */
  READING,
  /** It chooses parameters and trains. */
  TRAINING,
  /** It judges the model on held-out rows, and at the gate. */
  EVALUATING,
  /** The end: a model passed the gate, and was published to go live or as a shadow. */
  PUBLISHED,
  /** The end: no model came of it that scores, for a reason that lies in the data. */
  HELD,
  /** The end: somebody ended it. */
  CANCELLED,
  /** The end: something went wrong. */
  FAILED;

  /** Whether a run in this state is over. */
  public boolean isOver() {
    return switch (this) {
      case QUEUED, READING, TRAINING, EVALUATING -> false;
      case PUBLISHED, HELD, CANCELLED, FAILED -> true;
    };
  }
}
