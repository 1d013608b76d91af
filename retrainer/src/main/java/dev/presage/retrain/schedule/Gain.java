package dev.presage.retrain.schedule;

/** What training a trait again brought. */
public enum Gain {
  /** The new model is better than the one that was live, beyond the interval of the difference. */
  CLEAR,
  /** It is not, or it did not pass the gate. */
  LITTLE,
  /** There was nothing to compare it with: a first model, or a run that came to no model. */
  UNKNOWN
}
