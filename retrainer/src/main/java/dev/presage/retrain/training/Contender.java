package dev.presage.retrain.training;

import org.jspecify.annotations.Nullable;

/**
 * An ensemble that grows while it is among the best, and what it was at its best. Used by one
 * thread.
 */
final class Contender implements AutoCloseable {
  private final Objective objective;
  private final TreeParameters parameters;
  private final NativeMatrix fit;
  private final NativeMatrix judge;
  private final double[] labels;
  private final int choosing;
  private final BoostedTrees trees;
  private double @Nullable [] bestMargins;
  private double bestLoss = Double.POSITIVE_INFINITY;
  private int bestRounds;

  /**
   * @param labels those of the rows that judge
   * @param choosing how many of these, the first ones, choose; what is said of the others is kept
   */
  Contender(
      Objective objective,
      TreeParameters parameters,
      int threads,
      NativeMatrix fit,
      NativeMatrix judge,
      double[] labels,
      int choosing) {
    this.objective = objective;
    this.parameters = parameters;
    this.fit = fit;
    this.judge = judge;
    this.labels = labels;
    this.choosing = choosing;
    this.trees = BoostedTrees.untrained(fit, objective, parameters, threads);
  }

  /** Adds a tree, and looks whether it is better with it. */
  void grow() {
    trees.addTree(fit);
    double[] margins = trees.outputs(judge, true);
    double loss = 0;
    for (int row = 0; row < choosing; row++) {
      loss += objective.loss().of(margins[row], labels[row]) / choosing;
    }
    if (loss < bestLoss) {
      bestLoss = loss;
      bestRounds = trees.rounds();
      bestMargins = margins;
    }
  }

  /** How far it has grown: trees times learning rate. */
  double distance() {
    return trees.rounds() * parameters.learningRate();
  }

  /** How long it has not become better: trees times learning rate. */
  double distanceSinceBest() {
    return (trees.rounds() - bestRounds) * parameters.learningRate();
  }

  /** Least mean loss so far; infinite before the first tree. */
  double loss() {
    return bestLoss;
  }

  TreeChoice choice(TreeChoice.Effort effort) {
    if (bestMargins == null) {
      throw new IllegalStateException("An ensemble without a tree cannot be chosen");
    }
    return new TreeChoice(objective, parameters, bestRounds, bestLoss, bestMargins, effort);
  }

  @Override
  public void close() {
    trees.close();
  }
}
