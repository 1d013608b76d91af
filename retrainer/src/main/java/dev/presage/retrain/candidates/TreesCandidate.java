package dev.presage.retrain.candidates;

import dev.presage.retrain.training.Objective;
import dev.presage.retrain.training.TrainingProgress;
import dev.presage.retrain.training.TreeChoice;
import dev.presage.retrain.training.TreeSearch;
import dev.presage.retrain.training.TreeTrainer;

/** Boosted trees, searched for by successive halving. */
public final class TreesCandidate implements Candidate {
  private final TreeTrainer trainer;

  /** Searches with so much work. */
  public TreesCandidate(Objective objective, TreeSearch search) {
    this.trainer = new TreeTrainer(objective, search);
  }

  @Override
  public String name() {
    return "xgboost";
  }

  @Override
  public Attempt attempt(LearningRows rows, TrainingProgress progress) {
    TreeChoice choice =
        trainer.choose(rows.fit(), rows.later(), rows.choosing(), rows.features(), progress);
    return new Attempt.Proposal(
        choice.described(),
        choice.margins(),
        (train, told) -> new TreesModel(trainer.train(train, rows.features(), choice, told)));
  }
}
