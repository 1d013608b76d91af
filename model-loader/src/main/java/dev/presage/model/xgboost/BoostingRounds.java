package dev.presage.model.xgboost;

import dev.presage.model.document.Node;
import dev.presage.model.document.Numbers;
import dev.presage.model.document.UnreadableDocumentException;

/**
 * Which trees each boosting round added. Since 2.0 the file says so ({@code iteration_indptr});
 * before, each round added {@code num_parallel_tree} trees for each output.
 */
final class BoostingRounds {
  private final int[] firstTree;

  private BoostingRounds(int[] firstTree) {
    this.firstTree = firstTree;
  }

  /**
   * @param model the member {@code model} of a tree booster
   */
  static BoostingRounds read(Node model, int trees, int outputs)
      throws UnreadableDocumentException {
    Node listed = model.find("iteration_indptr");
    return new BoostingRounds(listed == null ? even(model, trees, outputs) : listed(listed, trees));
  }

  int count() {
    return firstTree.length - 1;
  }

  /** The first tree of a round; for {@link #count} the number of trees. */
  int firstTree(int round) {
    return firstTree[round];
  }

  private static int[] listed(Node node, int trees) throws UnreadableDocumentException {
    Numbers numbers = node.numbers();
    if (numbers.size() == 0) {
      throw new UnreadableDocumentException(node.path() + " is empty");
    }
    int[] firstTree = new int[numbers.size()];
    int previous = 0;
    for (int i = 0; i < firstTree.length; i++) {
      firstTree[i] = numbers.index(i);
      if (firstTree[i] < previous || firstTree[i] > trees) {
        throw outOfOrder(node, trees);
      }
      previous = firstTree[i];
    }
    if (firstTree[0] != 0 || previous != trees) {
      throw outOfOrder(node, trees);
    }
    return firstTree;
  }

  private static int[] even(Node model, int trees, int outputs) throws UnreadableDocumentException {
    Node parallel = model.get("gbtree_model_param").find("num_parallel_tree");
    long step = (long) outputs * (parallel == null ? 1 : Texts.integer(parallel));
    if (step < 1 || trees % step != 0) {
      throw new UnreadableDocumentException(
          "%s has %d trees, which are not whole rounds of %d".formatted(model.path(), trees, step));
    }
    int[] firstTree = new int[(int) (trees / step) + 1];
    for (int i = 0; i < firstTree.length; i++) {
      firstTree[i] = (int) (i * step);
    }
    return firstTree;
  }

  private static UnreadableDocumentException outOfOrder(Node node, int trees) {
    return new UnreadableDocumentException(
        node.path() + " does not lead from 0 to the " + trees + " trees in ascending order");
  }
}
