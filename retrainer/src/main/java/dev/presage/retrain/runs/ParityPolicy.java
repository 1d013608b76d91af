package dev.presage.retrain.runs;

/** What a run does where its rows differ from what was served. */
public enum ParityPolicy {
  /** It fails: a model that is trained on other vectors than it will see is worth nothing. */
  FAIL,
  /** It says so in the log, in the lineage of its model and in its report, and goes on. */
  WARN,
  /** It does not look. */
  OFF
}
