package dev.presage.retrain.evaluation;

/** A figure of what was foretold and what happened. */
public sealed interface Figure permits LikelihoodFigure, ValueFigure {
  /** Its name among the metrics of an artefact. */
  String key();

  /** As people call it. */
  String words();
}
