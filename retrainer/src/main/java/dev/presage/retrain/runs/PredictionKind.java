package dev.presage.retrain.runs;

/** Sorts of predictions that are learned here. */
public enum PredictionKind {
  /** The probability that something happens. */
  LIKELIHOOD,
  /** An amount that adds up. */
  VALUE,
  /** The probability that a profile has what it does not declare, or cannot be believed. */
  ATTRIBUTE
}
