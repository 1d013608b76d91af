package dev.presage.retrain.training;

import dev.presage.retrain.evaluation.LogLoss;
import dev.presage.retrain.rows.Rows;
import java.util.List;

/**
 * Trains boosted trees: parameters and number of trees are chosen by the log loss on later rows,
 * then the ensemble is grown again on all training rows. Deterministic: the same rows in the same
 * order give the same bytes.
 */
public final class TreeTrainer {
  private static final int MOST_ROUNDS = 800;

  /** Rounds without a smaller log loss after which growing stops. */
  private static final int PATIENCE = 30;

  private final List<TreeParameters> candidates;

  /** Tries these parameter sets, of which there is at least one. */
  public TreeTrainer(List<TreeParameters> candidates) {
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException("There must be at least one set of parameters to try");
    }
    this.candidates = List.copyOf(candidates);
  }

  /**
   * Chooses parameters.
   *
   * @param earlier rows to fit on
   * @param later rows to judge by, both outcomes among them
   */
  public TreeChoice choose(Rows earlier, Rows later, TrainingProgress progress) {
    try (NativeMatrix fit = NativeMatrix.of(earlier);
        NativeMatrix judge = NativeMatrix.of(later)) {
      boolean[] outcomes = later.outcomes();
      TreeChoice best = grow(fit, judge, outcomes, candidates.getFirst());
      for (int i = 1; i < candidates.size(); i++) {
        progress.report(i / (double) candidates.size(), "choosing parameters");
        TreeChoice next = grow(fit, judge, outcomes, candidates.get(i));
        if (next.logLoss() < best.logLoss()) {
          best = next;
        }
      }
      progress.report(1, "parameters chosen");
      return best;
    }
  }

  /** Grows the chosen ensemble on all training rows. The caller closes it. */
  public BoostedTrees train(Rows rows, TreeChoice choice, TrainingProgress progress) {
    try (NativeMatrix fit = NativeMatrix.of(rows)) {
      BoostedTrees trees = BoostedTrees.untrained(fit, choice.parameters());
      while (trees.rounds() < choice.rounds()) {
        trees.addTree(fit);
        progress.report(
            trees.rounds() / (double) choice.rounds(),
            "tree %d of %d".formatted(trees.rounds(), choice.rounds()));
      }
      return trees;
    }
  }

  private static TreeChoice grow(
      NativeMatrix fit, NativeMatrix judge, boolean[] outcomes, TreeParameters parameters) {
    try (BoostedTrees trees = BoostedTrees.untrained(fit, parameters)) {
      TreeChoice best = new TreeChoice(parameters, 1, Double.POSITIVE_INFINITY);
      while (trees.rounds() < Math.min(MOST_ROUNDS, best.rounds() + PATIENCE)) {
        trees.addTree(fit);
        double loss = LogLoss.of(trees.outputs(judge, false), outcomes);
        if (loss < best.logLoss()) {
          best = new TreeChoice(parameters, trees.rounds(), loss);
        }
      }
      return best;
    }
  }
}
