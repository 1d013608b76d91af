package dev.presage.model.lightgbm;

import dev.presage.model.ModelLimits;
import dev.presage.model.ModelRefusedException;
import dev.presage.model.RefusalCode;
import dev.presage.model.document.UnreadableDocumentException;

/**
 * A tree as LightGBM writes it (src/io/tree.cpp, versions 2 to 4): splits are numbered from 0, the
 * root; a child that is a leaf {@code i} is written {@code ~i}. Arrays have the right lengths, what
 * is in them is not to be trusted yet.
 */
final class LightgbmTree {
  private static final int[] NONE = {};

  /** Of each split the index of its feature in the model. */
  final int[] feature;

  /**
   * Of a numeric split the greatest value that goes left; of a categorical one its set's number.
   */
  final double[] threshold;

  /** Of each split its sort, see {@link SplitSort}. */
  final int[] decision;

  /** Of each split the child for values that are not greater, or in the set. */
  final int[] left;

  /** Of each split the other child. */
  final int[] right;

  /** What each leaf adds to the raw score. */
  final double[] leaf;

  /** Of each set of categories where it starts in {@link #sets}; one element more, the end. */
  final int[] setStart;

  /** Bit sets of categories, 32 to a word. */
  final int[] sets;

  private LightgbmTree(Section tree, int leaves) throws UnreadableDocumentException {
    int splits = leaves - 1;
    leaf = tree.numbers("leaf_value", leaves);
    feature = splits == 0 ? NONE : tree.integers("split_feature", splits);
    threshold = splits == 0 ? new double[0] : tree.thresholds("threshold", splits);
    decision =
        splits > 0 && tree.has("decision_type")
            ? tree.integers("decision_type", splits)
            : new int[splits];
    left = splits == 0 ? NONE : tree.integers("left_child", splits);
    right = splits == 0 ? NONE : tree.integers("right_child", splits);
    int setCount = splits == 0 ? 0 : tree.integer("num_cat");
    setStart = setCount > 0 ? setStart(tree, setCount) : new int[1];
    sets = setCount > 0 ? tree.bits("cat_threshold", setStart[setCount]) : NONE;
  }

  /**
   * @param nodesLeft how many splits and leaves the model may still have
   */
  static LightgbmTree read(Section tree, int nodesLeft, ModelLimits limits)
      throws UnreadableDocumentException, ModelRefusedException {
    int leaves = tree.integer("num_leaves");
    if (leaves < 1) {
      throw new UnreadableDocumentException("num_leaves of a tree is " + leaves);
    }
    int splits = leaves - 1;
    if (splits > nodesLeft - leaves) {
      throw new ModelRefusedException(
          RefusalCode.LIMIT_EXCEEDED,
          "more than " + limits.nodes() + " nodes; train a smaller model or raise the limit");
    }
    if (tree.has("is_linear") && tree.integer("is_linear") != 0) {
      throw new ModelRefusedException(
          RefusalCode.UNSUPPORTED,
          "the leaves are linear models, which cannot be scored; train without linear_tree");
    }
    return new LightgbmTree(tree, leaves);
  }

  int splits() {
    return feature.length;
  }

  private static int[] setStart(Section tree, int sets) throws UnreadableDocumentException {
    if (sets == Integer.MAX_VALUE) {
      throw new UnreadableDocumentException("num_cat of a tree is " + sets);
    }
    int[] start = tree.integers("cat_boundaries", sets + 1);
    for (int i = 0; i <= sets; i++) {
      if (start[i] < (i == 0 ? 0 : start[i - 1]) || (i == 0 && start[i] != 0)) {
        throw new UnreadableDocumentException("cat_boundaries of a tree do not ascend from 0");
      }
    }
    return start;
  }
}
