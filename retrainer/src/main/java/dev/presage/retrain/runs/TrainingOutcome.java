package dev.presage.retrain.runs;

import dev.presage.retrain.gate.GateDecision;

/** How a run that did not fail ended. */
public sealed interface TrainingOutcome {
  /** A model passed the gate and was published. */
  record Published(String modelVersion, GateDecision decision, TrainingReport report)
      implements TrainingOutcome {}

  /** A model did not pass the gate; it was published as a candidate that does not score. */
  record Held(String modelVersion, GateDecision decision, TrainingReport report)
      implements TrainingOutcome {}

  /** There was too little to train on; the reason has the counts. */
  record InsufficientData(String reason) implements TrainingOutcome {}
}
