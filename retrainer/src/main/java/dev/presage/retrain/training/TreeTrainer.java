package dev.presage.retrain.training;

import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.selection.UsedFeatures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Trains boosted trees: parameters and number of trees are chosen by the loss on later rows, then
 * the ensemble is grown again on all training rows. Deterministic: the same rows in the same order
 * give the same bytes.
 *
 * <p>The search is successive halving (Jamieson and Talwalkar, 2016): all sets of parameters grow
 * some way, the better third goes on to three times that, and so on; the last ones grow until they
 * have not become better for a while. The way is trees times learning rate, so that sets of
 * different learning rates are compared fairly. Where the rows are many the search looks at an even
 * sample of them, for which the work suffices.
 */
public final class TreeTrainer {
  private static final int KEPT_OF = 3;
  private static final double FIRST_DISTANCE = 1.5;
  private static final double LONGEST_DISTANCE = 40;

  /** Trees times learning rate without a smaller loss after which growing stops. */
  private static final double PATIENCE = 1.5;

  /** Trees that a search usually grows for each set that it tries. */
  private static final int USUAL_TREES = 75;

  private static final int LEAST_ROWS = 2_000;

  private final Objective objective;
  private final TreeSearch search;

  /** Searches with so much work. */
  public TreeTrainer(Objective objective, TreeSearch search) {
    this.objective = objective;
    this.search = search;
  }

  /**
   * Chooses parameters.
   *
   * @param earlier rows to fit on
   * @param later rows to predict
   * @param choosing how many of these, the first ones, choose; both outcomes are among them
   */
  public TreeChoice choose(
      Rows earlier, Rows later, int choosing, UsedFeatures features, TrainingProgress progress) {
    long affordable = search.work() / ((long) search.sets() * USUAL_TREES);
    Rows sample = earlier.evenly(Math.clamp(affordable, LEAST_ROWS, Integer.MAX_VALUE));
    List<Contender> all = new ArrayList<>();
    try (NativeMatrix fit = NativeMatrix.of(sample, features, objective);
        NativeMatrix judge = NativeMatrix.of(later, features, objective)) {
      for (TreeParameters parameters : TreeParameters.toTry(search.sets())) {
        all.add(
            new Contender(
                objective,
                parameters,
                search.threadsFor(sample.size()),
                fit,
                judge,
                objective.labels(later),
                choosing));
      }
      return new Halving(all, sample.size(), progress).run();
    } finally {
      all.forEach(Contender::close);
    }
  }

  /** Grows the chosen ensemble on all training rows. The caller closes it. */
  public BoostedTrees train(
      Rows rows, UsedFeatures features, TreeChoice choice, TrainingProgress progress) {
    try (NativeMatrix fit = NativeMatrix.of(rows, features, objective)) {
      BoostedTrees trees =
          BoostedTrees.untrained(
              fit, objective, choice.parameters(), search.threadsFor(rows.size()));
      try {
        while (trees.rounds() < choice.rounds()) {
          trees.addTree(fit);
          progress.report(
              trees.rounds() / (double) choice.rounds(),
              "tree %d of %d".formatted(trees.rounds(), choice.rounds()));
        }
      } catch (RuntimeException e) {
        trees.close();
        throw e;
      }
      return trees;
    }
  }

  private final class Halving {
    private final int rows;
    private final TrainingProgress progress;
    private final List<Contender> all;
    private List<Contender> left;
    private long work;
    private boolean isCut;

    Halving(List<Contender> all, int rows, TrainingProgress progress) {
      this.all = all;
      this.left = all;
      this.rows = rows;
      this.progress = progress;
    }

    TreeChoice run() {
      double distance = FIRST_DISTANCE;
      while (left.size() > 1 && !isCut) {
        growAll(distance);
        left =
            left.stream()
                .sorted(Comparator.comparingDouble(Contender::loss))
                .limit(Math.ceilDiv(left.size(), KEPT_OF))
                .toList();
        distance *= KEPT_OF;
      }
      growAll(LONGEST_DISTANCE);
      progress.report(1, "parameters chosen");
      Contender best = all.stream().min(Comparator.comparingDouble(Contender::loss)).orElseThrow();
      return best.choice(new TreeChoice.Effort(all.size(), rows, work, isCut));
    }

    private void growAll(double distance) {
      for (Contender contender : left) {
        while (contender.distance() < distance && contender.distanceSinceBest() < PATIENCE) {
          if (work > 0 && work + rows > search.work()) {
            isCut = true;
            return;
          }
          contender.grow();
          work += rows;
          progress.report(
              Math.min(1, work / (double) search.work()),
              "choosing parameters, %d sets left".formatted(left.size()));
        }
      }
    }
  }
}
