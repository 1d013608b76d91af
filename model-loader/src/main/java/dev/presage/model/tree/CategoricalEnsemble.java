package dev.presage.model.tree;

/**
 * Trees of which some split on categories, walked one after the other. The layout is that of {@link
 * TreeEnsemble}, but that {@code set[n]} is the number of a node's set of categories, {@link
 * #NUMERIC} where the node compares with a threshold. Categories of the set go right.
 *
 * <p>Apart from {@link TreeEnsemble}, so that trees without categories do not pay for these.
 */
final class CategoricalEnsemble implements CompiledTrees, TreeStructure {
  static final int NUMERIC = -1;

  private final int[] roots;
  private final int[] slot;
  private final int[] threshold;
  private final int[] set;
  private final int[] left;
  private final float[] leaf;
  private final CategorySets sets;

  CategoricalEnsemble(
      int[] roots,
      int[] slot,
      int[] threshold,
      int[] set,
      int[] left,
      float[] leaf,
      CategorySets sets) {
    this.roots = roots;
    this.slot = slot;
    this.threshold = threshold;
    this.set = set;
    this.left = left;
    this.leaf = leaf;
    this.sets = sets;
  }

  @Override
  public int trees() {
    return roots.length;
  }

  @Override
  public int nodes() {
    return slot.length;
  }

  @Override
  public int root(int tree) {
    return roots[tree];
  }

  @Override
  public boolean isLeaf(int node) {
    return left[node] == node;
  }

  @Override
  public int left(int split) {
    return left[split];
  }

  @Override
  public int feature(int split) {
    return slot[split] >>> 1;
  }

  @Override
  public float value(int node) {
    return leaf[node];
  }

  @Override
  public SplitDirections directions(int[] splits) {
    int[] nodes = splits.clone();
    return (vector, target) -> {
      for (int i = 0; i < nodes.length; i++) {
        target[i] = (byte) (goesRight(nodes[i], (float) vector[feature(nodes[i])]) ? 0 : 1);
      }
    };
  }

  @Override
  public float sum(float start, double[] vector) {
    float sum = start;
    for (int root : roots) {
      int node = root;
      while (left[node] != node) {
        node = left[node] + (goesRight(node, (float) vector[slot[node] >>> 1]) ? 1 : 0);
      }
      sum += leaf[node];
    }
    return sum;
  }

  private boolean goesRight(int node, float value) {
    if (Float.isNaN(value)) {
      return (slot[node] & 1) != 0;
    }
    return set[node] == NUMERIC
        ? TreeEnsemble.key(value) >= threshold[node]
        : sets.contains(set[node], value);
  }
}
