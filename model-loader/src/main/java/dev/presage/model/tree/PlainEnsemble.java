package dev.presage.model.tree;

/**
 * Trees that {@link TreeEnsemble} cannot hold, walked one after the other: those of which some
 * split on categories, and those that are too large. Node {@code n} is
 *
 * <pre>
 *   slot[n]       slot of the feature ({@link VectorKeys})
 *   threshold[n]  key of the threshold
 *   set[n]        number of the set of categories that go right; NUMERIC where the threshold counts
 *   left[n]       left child, the right one is the next node; n itself for a leaf
 *   leaf[n]       value of a leaf
 * </pre>
 */
final class PlainEnsemble implements CompiledTrees, TreeStructure {
  static final int NUMERIC = -1;

  private final int[] roots;
  private final int[] slot;
  private final int[] threshold;
  private final int[] set;
  private final int[] left;
  private final float[] leaf;
  private final CategorySets sets;

  PlainEnsemble(
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
    return VectorKeys.feature(slot[split]);
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
        node =
            left[node] + (goesRight(node, (float) vector[VectorKeys.feature(slot[node])]) ? 1 : 0);
      }
      sum += leaf[node];
    }
    return sum;
  }

  private boolean goesRight(int node, float value) {
    if (Float.isNaN(value)) {
      return VectorKeys.missingGoesRight(slot[node]);
    }
    return set[node] == NUMERIC
        ? VectorKeys.key(value) >= threshold[node]
        : sets.contains(set[node], value);
  }
}
