package dev.presage.model.tree;

import java.util.Arrays;

/**
 * Trees in flat arrays, eight of them walked in step without a branch.
 *
 * <p>Which way a vector goes at a node cannot be guessed, so that a plain walk pays for a
 * mispredicted branch at every second node, and waits for one load after the other. Here a step is
 * arithmetic, and eight trees give the processor eight independent chains of loads. That needs
 * three things:
 *
 * <ul>
 *   <li>A leaf is its own left child and sends everything there, so that a tree may be walked
 *       further than its depth, and trees of different depth take the same number of steps.
 *   <li>Floats are compared as integers of the same order ({@link #key}), whose difference has the
 *       answer in its sign bit.
 *   <li>A missing value becomes an integer below all others where it goes left, above all others
 *       where it goes right. A vector is turned into both sorts of integers once, so that a node
 *       takes its pick by its slot.
 * </ul>
 *
 * Node {@code n} is
 *
 * <pre>
 *   slot[n]       feature &lt;&lt; 1 | (missing values go right ? 1 : 0); 0 for a leaf
 *   threshold[n]  key of the threshold; LEAF for a leaf
 *   left[n]       left child, the right one is the next node; n itself for a leaf
 *   leaf[n]       value of a leaf
 * </pre>
 *
 * and the nodes of a tree lie together, level by level. Every index was checked by {@link
 * TreeEnsembleBuilder}. The figures are in {@code docs/adr/0020-layout-of-compiled-trees.md}.
 */
public final class TreeEnsemble implements CompiledTrees, TreeStructure {
  /** Above the keys of all values, so that everything goes left. */
  static final int LEAF = Integer.MAX_VALUE;

  private static final int MISSING_LEFT = Integer.MIN_VALUE;
  private static final int MISSING_RIGHT = Integer.MAX_VALUE - 1;

  private static final int LANES = 8;

  /** Deeper trees are lopsided: most vectors reach a leaf long before the deepest one. */
  private static final int MAX_STEPS = 16;

  private final int[] roots;

  /** Of each eight trees the depth of the deepest. */
  private final int[] steps;

  private final int[] slot;
  private final int[] threshold;
  private final int[] left;
  private final float[] leaf;
  private final ThreadLocal<int[]> scratch;

  TreeEnsemble(
      int features,
      int[] roots,
      int[] depths,
      int[] slot,
      int[] threshold,
      int[] left,
      float[] leaf) {
    this.roots = roots;
    this.steps = steps(depths);
    this.slot = slot;
    this.threshold = threshold;
    this.left = left;
    this.leaf = leaf;
    this.scratch = ThreadLocal.withInitial(() -> new int[2 * features]);
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
    int[] slots = Arrays.stream(splits).map(split -> slot[split]).toArray();
    int[] thresholds = Arrays.stream(splits).map(split -> threshold[split]).toArray();
    return (vector, target) -> {
      int[] keys = keys(vector);
      for (int i = 0; i < slots.length; i++) {
        target[i] = (byte) (((long) keys[slots[i]] - thresholds[i]) >>> 63);
      }
    };
  }

  /** {@inheritDoc} A value goes left when it is less than the threshold. */
  @Override
  public float sum(float start, double[] vector) {
    return sum(start, keys(vector));
  }

  /**
   * @param keys what {@link #keys} made of the vector, here or in an ensemble over the same
   *     features
   */
  float sum(float start, int[] keys) {
    float sum = start;
    int tree = 0;
    for (; tree + LANES <= roots.length; tree += LANES) {
      int depth = steps[tree / LANES];
      sum = depth <= MAX_STEPS ? addInStep(sum, tree, depth, keys) : add(sum, tree, LANES, keys);
    }
    return add(sum, tree, roots.length - tree, keys);
  }

  private static int[] steps(int[] depths) {
    int[] steps = new int[depths.length / LANES];
    for (int group = 0; group < steps.length; group++) {
      int first = group * LANES;
      steps[group] = Arrays.stream(depths, first, first + LANES).max().orElse(0);
    }
    return steps;
  }

  /** An integer for each float but NaN, in the order of the floats; both zeros have the same. */
  static int key(float value) {
    int bits = Float.floatToRawIntBits(value + 0f);
    return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }

  /** Of each feature the key for nodes that send missing values left, then that for the others. */
  int[] keys(double[] vector) {
    int[] keys = scratch.get();
    for (int feature = 0; 2 * feature < keys.length; feature++) {
      float value = (float) vector[feature];
      boolean missing = Float.isNaN(value);
      int key = key(value);
      keys[2 * feature] = missing ? MISSING_LEFT : key;
      keys[2 * feature + 1] = missing ? MISSING_RIGHT : key;
    }
    return keys;
  }

  private float addInStep(float start, int tree, int depth, int[] keys) {
    int a = roots[tree];
    int b = roots[tree + 1];
    int c = roots[tree + 2];
    int d = roots[tree + 3];
    int e = roots[tree + 4];
    int f = roots[tree + 5];
    int g = roots[tree + 6];
    int h = roots[tree + 7];
    for (int i = 0; i < depth; i++) {
      a = next(a, keys);
      b = next(b, keys);
      c = next(c, keys);
      d = next(d, keys);
      e = next(e, keys);
      f = next(f, keys);
      g = next(g, keys);
      h = next(h, keys);
    }
    float sum = start + leaf[a] + leaf[b] + leaf[c] + leaf[d];
    return sum + leaf[e] + leaf[f] + leaf[g] + leaf[h];
  }

  private float add(float start, int tree, int count, int[] keys) {
    float sum = start;
    for (int i = tree; i < tree + count; i++) {
      int node = roots[i];
      while (left[node] != node) {
        node = next(node, keys);
      }
      sum += leaf[node];
    }
    return sum;
  }

  private int next(int node, int[] keys) {
    long difference = (long) threshold[node] - keys[slot[node]] - 1;
    return left[node] + (int) (difference >>> 63);
  }
}
