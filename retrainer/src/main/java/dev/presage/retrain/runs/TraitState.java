package dev.presage.retrain.runs;

/** What a person wants to know of a trait first. */
public enum TraitState {
  /** It has no model and no run was tried. */
  COLLECTING,
  /** It has no model, as there was too little to train on. */
  INSUFFICIENT_DATA,
  /** A run is under way. */
  TRAINING,
  /** A model is scored, but not emitted. */
  SHADOW,
  /** A model scores. */
  LIVE,
  /** A model scores, but worse than it should. */
  DEGRADED,
  /** It has no model, as the last run failed or its model did not pass. */
  FAILED,
  /** A person has it rest: nothing is scored and nothing is trained. */
  PAUSED
}
