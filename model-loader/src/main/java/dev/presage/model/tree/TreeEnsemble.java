package dev.presage.model.tree;

/**
 * Trees in flat arrays. Node {@code n} is
 *
 * <pre>
 *   split[n]   LEAF, or feature &lt;&lt; 1 | (missing values go right ? 1 : 0)
 *   value[n]   a leaf's value, or a split's threshold
 *   left[n]    a split's left child; its right child is the next node
 * </pre>
 *
 * and the nodes of a tree lie together, level by level. A value goes left when it is less than the
 * threshold. Every index was checked by {@link TreeEnsembleBuilder}, and each node has one parent,
 * so that a walk ends.
 */
public final class TreeEnsemble {
  static final int LEAF = -1;

  private final int[] roots;
  private final int[] split;
  private final float[] value;
  private final int[] left;

  TreeEnsemble(int[] roots, int[] split, float[] value, int[] left) {
    this.roots = roots;
    this.split = split;
    this.value = value;
    this.left = left;
  }

  public int trees() {
    return roots.length;
  }

  /** Number of nodes of all trees. */
  public int nodes() {
    return split.length;
  }

  /**
   * Adds the leaf that the vector reaches in each tree to {@code start}, in the order of the trees
   * and in float, as XGBoost does.
   *
   * @param vector values by feature, each rounded to a float before it is compared; NaN is missing
   */
  public float sum(float start, double[] vector) {
    float sum = start;
    for (int root : roots) {
      int node = root;
      for (int packed = split[node]; packed >= 0; packed = split[node]) {
        float x = (float) vector[packed >> 1];
        float threshold = value[node];
        // Neither comparison holds for a missing value.
        int goRight = x < threshold ? 0 : x >= threshold ? 1 : packed & 1;
        node = left[node] + goRight;
      }
      sum += value[node];
    }
    return sum;
  }
}
