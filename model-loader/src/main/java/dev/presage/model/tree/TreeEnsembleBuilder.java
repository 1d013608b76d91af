package dev.presage.model.tree;

import dev.presage.model.ModelLimits;
import dev.presage.model.ModelRefusedException;
import dev.presage.model.RefusalCode;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Checks trees node by node and lays them out. A node is looked at only when it is reached from the
 * root, and is refused when it is reached a second time; so cycles and shared nodes cannot pass,
 * and what a trainer pruned and left lying about is dropped.
 */
public final class TreeEnsembleBuilder {
  private final int features;
  private final ModelLimits limits;

  private int[] roots = new int[64];
  private int trees;
  private int[] split = new int[1024];
  private float[] value = new float[1024];
  private int[] left = new int[1024];
  private int nodes;

  /**
   * @param features length of the vectors that the trees will see
   */
  public TreeEnsembleBuilder(int features, ModelLimits limits) {
    this.features = features;
    this.limits = limits;
  }

  /**
   * Adds the next tree.
   *
   * @throws ModelRefusedException when a node cannot be, or the ensemble becomes too large
   */
  public void add(TreeSource tree) throws ModelRefusedException {
    int size = tree.size();
    if (size < 1) {
      throw malformed("it has no nodes");
    }
    if (trees == limits.trees()) {
      throw tooLarge("more than " + limits.trees() + " trees");
    }
    if (size > limits.nodes() - nodes) {
      throw tooLarge("more than " + limits.nodes() + " nodes");
    }
    reserve(nodes + size);
    roots[trees] = nodes;
    nodes += place(tree, size);
    trees++;
  }

  public TreeEnsemble build() {
    return new TreeEnsemble(
        Arrays.copyOf(roots, trees),
        Arrays.copyOf(split, nodes),
        Arrays.copyOf(value, nodes),
        Arrays.copyOf(left, nodes));
  }

  /** Walks a tree breadth first from {@link #nodes} on; answers how many nodes it has. */
  private int place(TreeSource tree, int size) throws ModelRefusedException {
    int[] queue = new int[size];
    BitSet reached = new BitSet(size);
    reached.set(0);
    int placed = 1;
    int depth = 0;
    int endOfLevel = 1;
    for (int at = 0; at < placed; at++) {
      if (at == endOfLevel) {
        endOfLevel = placed;
        if (++depth > limits.treeDepth()) {
          throw tooLarge("tree " + trees + " is more than " + limits.treeDepth() + " splits deep");
        }
      }
      int node = queue[at];
      if (tree.isLeaf(node)) {
        placeLeaf(nodes + at, node, tree.leaf(node));
      } else {
        placeSplit(nodes + at, node, tree);
        left[nodes + at] = nodes + placed;
        queue[placed++] = reach(tree.left(node), node, size, reached);
        queue[placed++] = reach(tree.right(node), node, size, reached);
      }
    }
    return placed;
  }

  private void placeLeaf(int at, int node, float leaf) throws ModelRefusedException {
    if (!Float.isFinite(leaf)) {
      throw malformed("leaf " + node + " has the value " + leaf);
    }
    split[at] = TreeEnsemble.LEAF;
    value[at] = leaf;
  }

  private void placeSplit(int at, int node, TreeSource tree) throws ModelRefusedException {
    int feature = tree.feature(node);
    if (feature < 0 || feature >= features) {
      throw malformed(
          "node " + node + " splits on feature " + feature + ", but there are " + features);
    }
    float threshold = tree.threshold(node);
    if (Float.isNaN(threshold)) {
      throw malformed("node " + node + " has the threshold NaN");
    }
    split[at] = feature << 1 | (tree.missingGoesLeft(node) ? 0 : 1);
    value[at] = threshold;
  }

  private int reach(int child, int parent, int size, BitSet reached) throws ModelRefusedException {
    if (child < 0 || child >= size) {
      throw malformed("node " + parent + " has the child " + child + ", but there are " + size);
    }
    if (reached.get(child)) {
      throw malformed("node " + child + " is reached a second time, from node " + parent);
    }
    reached.set(child);
    return child;
  }

  private void reserve(int count) {
    if (trees == roots.length) {
      roots = Arrays.copyOf(roots, trees * 2);
    }
    if (count > split.length) {
      int capacity = Math.max(count, split.length * 2);
      split = Arrays.copyOf(split, capacity);
      value = Arrays.copyOf(value, capacity);
      left = Arrays.copyOf(left, capacity);
    }
  }

  private ModelRefusedException malformed(String what) {
    return new ModelRefusedException(
        RefusalCode.MALFORMED_TREE,
        "tree " + trees + " cannot be: " + what + "; save the model again from its trainer");
  }

  private static ModelRefusedException tooLarge(String what) {
    return new ModelRefusedException(
        RefusalCode.LIMIT_EXCEEDED, what + "; train a smaller model or raise the limit");
  }
}
