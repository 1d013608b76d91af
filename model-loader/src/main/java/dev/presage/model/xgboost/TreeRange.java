package dev.presage.model.xgboost;

import dev.presage.model.ModelRefusedException;
import dev.presage.model.RefusalCode;
import dev.presage.model.document.Node;
import dev.presage.model.document.UnreadableDocumentException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Trees of a file, from {@code first} to before {@code end}.
 *
 * <p>After early stopping a file has the attribute {@code best_iteration}. XGBoost's scikit-learn
 * interface predicts with the rounds up to it, its own interface with all; the file does not say
 * which was used.
 */
record TreeRange(int first, int end) {
  private static final int MOST_DIGITS = 9;

  /** The trees that may have predicted, the likeliest first. */
  static List<TreeRange> candidates(
      XgboostTrees trees, Node learner, @Nullable IterationRange iterations)
      throws UnreadableDocumentException, ModelRefusedException {
    if (iterations != null) {
      return List.of(of(iterations, trees.rounds()));
    }
    TreeRange all = new TreeRange(0, trees.size());
    int best = bestIteration(learner);
    if (best < 0) {
      return List.of(all);
    }
    BoostingRounds rounds = trees.rounds();
    return best + 1 < rounds.count()
        ? List.of(new TreeRange(0, rounds.firstTree(best + 1)), all)
        : List.of(all);
  }

  private static TreeRange of(IterationRange iterations, BoostingRounds rounds)
      throws ModelRefusedException {
    if (iterations.end() > rounds.count()) {
      throw new ModelRefusedException(
          RefusalCode.INVALID_PARAMETER,
          "%s is %d:%d, but the model has %d iterations"
              .formatted(
                  XgboostOptions.ITERATION_RANGE,
                  iterations.begin(),
                  iterations.end(),
                  rounds.count()));
    }
    return new TreeRange(rounds.firstTree(iterations.begin()), rounds.firstTree(iterations.end()));
  }

  /** The attribute, which anybody may have set to anything: -1 where it is no round. */
  private static int bestIteration(Node learner) throws UnreadableDocumentException {
    Node attributes = learner.find("attributes");
    Node best = attributes == null ? null : attributes.find("best_iteration");
    if (best == null
        || !best.text().chars().allMatch(c -> c >= '0' && c <= '9')
        || best.text().isEmpty()
        || best.text().length() > MOST_DIGITS) {
      return -1;
    }
    return Integer.parseInt(best.text());
  }
}
