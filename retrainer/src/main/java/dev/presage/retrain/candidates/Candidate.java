package dev.presage.retrain.candidates;

import dev.presage.retrain.training.TrainingProgress;

/** A kind of model that can be learned from rows. Deterministic: the same rows, the same model. */
public interface Candidate {
  /** Short name of the kind, always the same: {@code xgboost}. */
  String name();

  /** Fits it to the earlier rows and chooses its settings by those of the later that choose. */
  Attempt attempt(LearningRows rows, TrainingProgress progress);
}
