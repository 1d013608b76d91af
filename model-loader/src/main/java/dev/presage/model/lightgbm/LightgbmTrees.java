package dev.presage.model.lightgbm;

/**
 * Trees in flat arrays, walked one by one. A child is the number of a split, or {@code ~} the
 * number of a leaf; numbers run over all trees. Every index was checked by {@link
 * LightgbmTreesBuilder}.
 */
final class LightgbmTrees {
  /** LightGBM takes a value as near to 0 as this for 0. */
  private static final double ZERO = 1e-35f;

  private final int[] roots;
  private final int[] feature;
  private final double[] threshold;
  private final byte[] decision;
  private final int[] left;
  private final int[] right;
  private final double[] leaf;
  private final int[] setStart;
  private final int[] sets;

  LightgbmTrees(
      int[] roots,
      int[] feature,
      double[] threshold,
      byte[] decision,
      int[] left,
      int[] right,
      double[] leaf,
      int[] setStart,
      int[] sets) {
    this.roots = roots;
    this.feature = feature;
    this.threshold = threshold;
    this.decision = decision;
    this.left = left;
    this.right = right;
    this.leaf = leaf;
    this.setStart = setStart;
    this.sets = sets;
  }

  int count() {
    return roots.length;
  }

  /**
   * Sum of the leaves that the vector reaches in every {@code step}-th tree from {@code first} on,
   * added in the order of the trees.
   */
  double sum(int first, int step, double[] vector) {
    double sum = 0;
    for (int tree = first; tree < roots.length; tree += step) {
      int node = roots[tree];
      while (node >= 0) {
        node = goesLeft(node, vector[feature[node]]) ? left[node] : right[node];
      }
      sum += leaf[~node];
    }
    return sum;
  }

  private boolean goesLeft(int node, double value) {
    int sort = decision[node];
    if ((sort & SplitSort.CATEGORICAL) != 0) {
      return isInSet((int) threshold[node], value);
    }
    int missing = sort & SplitSort.MISSING;
    double read = value;
    if (Double.isNaN(value)) {
      if (missing == SplitSort.MISSING_NAN) {
        return (sort & SplitSort.DEFAULT_LEFT) != 0;
      }
      read = 0;
    } else if (Math.abs(value) <= ZERO) {
      read = 0;
    }
    if (missing == SplitSort.MISSING_ZERO && read == 0) {
      return (sort & SplitSort.DEFAULT_LEFT) != 0;
    }
    return read <= threshold[node];
  }

  /** A category is a value without its fraction; NaN and what is negative are in no set. */
  private boolean isInSet(int set, double value) {
    if (Double.isNaN(value)) {
      return false;
    }
    int category = (int) value;
    int word = category >> 5;
    int from = setStart[set];
    return category >= 0
        && word < setStart[set + 1] - from
        && (sets[from + word] >>> (category & 31) & 1) != 0;
  }
}
