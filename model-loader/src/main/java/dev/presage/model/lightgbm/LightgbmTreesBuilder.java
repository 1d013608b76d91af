package dev.presage.model.lightgbm;

import dev.presage.model.ModelLimits;
import dev.presage.model.ModelRefusedException;
import dev.presage.model.RefusalCode;
import java.util.BitSet;
import java.util.List;

/**
 * Checks trees split by split and lays them out. Each split and each leaf must be reached from the
 * root exactly once, so that cycles and shared nodes cannot pass.
 */
final class LightgbmTreesBuilder {
  private final int[] positions;
  private final ModelLimits limits;
  private final int[] roots;
  private final int[] feature;
  private final double[] threshold;
  private final byte[] decision;
  private final int[] left;
  private final int[] right;
  private final double[] leaf;
  private final int[] setStart;
  private final int[] sets;

  private int trees;
  private int splits;
  private int leaves;
  private int setCount;
  private int words;

  private LightgbmTreesBuilder(List<LightgbmTree> trees, int[] positions, ModelLimits limits) {
    this.positions = positions;
    this.limits = limits;
    int splitsOfAll = trees.stream().mapToInt(LightgbmTree::splits).sum();
    this.roots = new int[trees.size()];
    this.feature = new int[splitsOfAll];
    this.threshold = new double[splitsOfAll];
    this.decision = new byte[splitsOfAll];
    this.left = new int[splitsOfAll];
    this.right = new int[splitsOfAll];
    this.leaf = new double[trees.stream().mapToInt(tree -> tree.leaf.length).sum()];
    this.setStart = new int[trees.stream().mapToInt(tree -> tree.setStart.length).sum()];
    this.sets = new int[trees.stream().mapToInt(tree -> tree.sets.length).sum()];
  }

  /**
   * @param positions of each feature of the model its position in the vector
   */
  static LightgbmTrees build(List<LightgbmTree> trees, int[] positions, ModelLimits limits)
      throws ModelRefusedException {
    LightgbmTreesBuilder builder = new LightgbmTreesBuilder(trees, positions, limits);
    for (LightgbmTree tree : trees) {
      builder.add(tree);
    }
    return new LightgbmTrees(
        builder.roots,
        builder.feature,
        builder.threshold,
        builder.decision,
        builder.left,
        builder.right,
        builder.leaf,
        builder.setStart,
        builder.sets);
  }

  private void add(LightgbmTree tree) throws ModelRefusedException {
    checkShape(tree);
    roots[trees] = placed(tree.splits() == 0 ? ~0 : 0);
    for (int split = 0; split < tree.splits(); split++) {
      place(split, tree);
    }
    System.arraycopy(tree.leaf, 0, leaf, leaves, tree.leaf.length);
    for (int set = 0; set < tree.setStart.length; set++) {
      setStart[setCount + set] = words + tree.setStart[set];
    }
    System.arraycopy(tree.sets, 0, sets, words, tree.sets.length);
    trees++;
    splits += tree.splits();
    leaves += tree.leaf.length;
    setCount += tree.setStart.length;
    words += tree.sets.length;
  }

  private void place(int split, LightgbmTree tree) throws ModelRefusedException {
    int index = tree.feature[split];
    if (index < 0 || index >= positions.length) {
      throw malformed(
          "split " + split + " is on feature " + index + ", but there are " + positions.length);
    }
    int sort = tree.decision[split];
    if (!SplitSort.isKnown(sort)) {
      throw malformed("split " + split + " has the decision_type " + sort);
    }
    boolean categorical = (sort & SplitSort.CATEGORICAL) != 0;
    double value = tree.threshold[split];
    if (categorical && !(value >= 0 && value < tree.setStart.length - 1 && value == (int) value)) {
      throw malformed(
          "split %d is on set %s, but there are %d"
              .formatted(split, value, tree.setStart.length - 1));
    }
    feature[splits + split] = positions[index];
    threshold[splits + split] = categorical ? setCount + value : value;
    decision[splits + split] = (byte) sort;
    left[splits + split] = placed(tree.left[split]);
    right[splits + split] = placed(tree.right[split]);
  }

  /** A child's number among all trees. */
  private int placed(int child) {
    return child >= 0 ? splits + child : ~(leaves + ~child);
  }

  private void checkShape(LightgbmTree tree) throws ModelRefusedException {
    int count = tree.splits();
    if (count == 0) {
      return;
    }
    int[] queue = new int[count];
    BitSet splitsReached = new BitSet(count);
    BitSet leavesReached = new BitSet(count + 1);
    splitsReached.set(0);
    int queued = 1;
    int depth = 1;
    int endOfLevel = 1;
    for (int at = 0; at < queued; at++) {
      if (at == endOfLevel) {
        endOfLevel = queued;
        depth++;
        if (depth > limits.treeDepth()) {
          throw new ModelRefusedException(
              RefusalCode.LIMIT_EXCEEDED,
              "tree %d is more than %d splits deep; train a smaller model or raise the limit"
                  .formatted(trees, limits.treeDepth()));
        }
      }
      for (int child : new int[] {tree.left[queue[at]], tree.right[queue[at]]}) {
        boolean isSplit = child >= 0;
        int number = isSplit ? child : ~child;
        if (number >= (isSplit ? count : count + 1)) {
          throw malformed("split %d has the child %d".formatted(queue[at], child));
        }
        BitSet reached = isSplit ? splitsReached : leavesReached;
        if (reached.get(number)) {
          throw malformed(
              "child %d is reached a second time, from split %d".formatted(child, queue[at]));
        }
        reached.set(number);
        if (isSplit) {
          queue[queued++] = number;
        }
      }
    }
    if (queued != count) {
      throw malformed(
          "of %d splits %d are not reached from the root".formatted(count, count - queued));
    }
  }

  private ModelRefusedException malformed(String what) {
    return new ModelRefusedException(
        RefusalCode.MALFORMED_TREE,
        "tree " + trees + " cannot be: " + what + "; save the model again from its trainer");
  }
}
