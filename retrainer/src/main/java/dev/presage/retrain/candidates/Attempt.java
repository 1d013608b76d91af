package dev.presage.retrain.candidates;

import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.training.TrainingProgress;
import java.util.Map;

/** What became of a candidate on the rows that choose. */
public sealed interface Attempt {

  /**
   * It can be had.
   *
   * @param parameters what it was fitted with, by name
   * @param margins what it says of all later rows, as the objective's loss takes it
   * @param recipe trains it again, with these settings
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
  record Proposal(Map<String, String> parameters, double[] margins, Recipe recipe)
      implements Attempt {
    public Proposal {
      parameters = Map.copyOf(parameters);
    }
  }

  /**
   * It is nothing for these rows.
   *
   * @param reason a sentence for people
   */
  record Declined(String reason) implements Attempt {}

  /** Trains a model with settings that are chosen already. */
  @FunctionalInterface
  interface Recipe {
    /** Trains it. The caller closes it. */
    TrainedModel train(Rows rows, TrainingProgress progress);
  }
}
