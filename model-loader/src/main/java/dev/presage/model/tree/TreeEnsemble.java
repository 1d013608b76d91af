package dev.presage.model.tree;

import java.util.Arrays;

/**
 * Trees without categories, ten of them walked in step without a branch.
 *
 * <p>Which way a vector goes at a node cannot be guessed, so that a plain walk pays for a
 * mispredicted branch at every second node, and waits for one load after the other. Here a step is
 * arithmetic, and ten trees give the processor ten independent chains of loads. That needs three
 * things:
 *
 * <ul>
 *   <li>A node is one {@code long}, so one load ({@link PackedNode}), and lies near its children
 *       ({@link TreePacker}).
 *   <li>A leaf is its own left child and sends everything there, so that a tree may be walked
 *       further than its depth, and trees of different depth take the same number of steps.
 *   <li>Floats are compared as integers of the same order, missing values among them ({@link
 *       VectorKeys}).
 * </ul>
 *
 * The last ten are made up with trees of a single leaf, -0, which changes no sum, not even that of
 * two negative zeros. The figures are in {@code docs/adr/0023-a-node-of-a-tree-is-one-long.md}.
 */
public final class TreeEnsemble implements CompiledTrees, TreeStructure {
  private static final int LANES = 10;

  /**
   * Deeper trees are lopsided: most vectors have reached a leaf by then, the others go on alone.
   */
  private static final int MAX_STEPS = 16;

  private final int trees;

  /** Of each tree and of those that make up the last ten. */
  private final int[] roots;

  /** Of each ten trees the depth of the deepest, at most {@link #MAX_STEPS}. */
  private final int[] steps;

  private final long[] nodes;
  private final VectorKeys keys;

  /**
   * Takes nodes as {@link TreePacker} does.
   *
   * @param features length of the vectors
   * @param roots of the trees, in their order and in that of the nodes
   * @param depths of the trees
   */
  TreeEnsemble(int features, int[] roots, int[] depths, TreePacker packer, int nodes) {
    this.trees = roots.length;
    this.roots = Arrays.copyOf(roots, Math.ceilDiv(trees, LANES) * LANES);
    Arrays.fill(this.roots, trees, this.roots.length, nodes);
    this.steps = steps(depths);
    this.nodes = new long[nodes + 1];
    for (int tree = 0; tree < trees; tree++) {
      int end = tree + 1 < trees ? roots[tree + 1] : nodes;
      packer.pack(roots[tree], end - roots[tree], this.nodes);
    }
    this.nodes[nodes] = PackedNode.leaf(-0f);
    this.keys = new VectorKeys(features);
  }

  @Override
  public int trees() {
    return trees;
  }

  @Override
  public int nodes() {
    return nodes.length - 1;
  }

  @Override
  public int root(int tree) {
    return roots[tree];
  }

  @Override
  public boolean isLeaf(int node) {
    return PackedNode.isLeaf(nodes[node]);
  }

  @Override
  public int left(int split) {
    return split + PackedNode.toLeft(nodes[split]);
  }

  @Override
  public int feature(int split) {
    return PackedNode.feature(nodes[split]);
  }

  @Override
  public float value(int leaf) {
    return PackedNode.value(nodes[leaf]);
  }

  @Override
  public SplitDirections directions(int[] splits) {
    long[] asked = Arrays.stream(splits).mapToLong(split -> nodes[split]).toArray();
    return (vector, left) -> {
      int[] keysOfVector = keys(vector);
      for (int i = 0; i < asked.length; i++) {
        left[i] = (byte) (1 - PackedNode.right(asked[i], keysOfVector));
      }
    };
  }

  /** {@inheritDoc} A value goes left when it is less than the threshold. */
  @Override
  public float sum(float start, double[] vector) {
    return sum(start, keys(vector));
  }

  /**
   * One method, as the compiler makes code of half the speed where a group has its own.
   *
   * @param keys what {@link #keys} made of the vector, here or in an ensemble over the same
   *     features
   */
  float sum(float start, int[] keys) {
    float sum = start;
    for (int group = 0, tree = 0; group < steps.length; group++, tree += LANES) {
      int depth = steps[group];
      int a = roots[tree];
      int b = roots[tree + 1];
      int c = roots[tree + 2];
      int d = roots[tree + 3];
      int e = roots[tree + 4];
      int f = roots[tree + 5];
      int g = roots[tree + 6];
      int h = roots[tree + 7];
      int i = roots[tree + 8];
      int j = roots[tree + 9];
      for (int step = 0; step < depth; step++) {
        a = next(a, keys);
        b = next(b, keys);
        c = next(c, keys);
        d = next(d, keys);
        e = next(e, keys);
        f = next(f, keys);
        g = next(g, keys);
        h = next(h, keys);
        i = next(i, keys);
        j = next(j, keys);
      }
      sum = sum + value(a, keys) + value(b, keys) + value(c, keys) + value(d, keys);
      sum = sum + value(e, keys) + value(f, keys) + value(g, keys) + value(h, keys);
      sum = sum + value(i, keys) + value(j, keys);
    }
    return sum;
  }

  int[] keys(double[] vector) {
    return keys.of(vector);
  }

  private static int[] steps(int[] depths) {
    int[] steps = new int[Math.ceilDiv(depths.length, LANES)];
    for (int tree = 0; tree < depths.length; tree++) {
      int depth = Math.min(depths[tree], MAX_STEPS);
      steps[tree / LANES] = Math.max(steps[tree / LANES], depth);
    }
    return steps;
  }

  /** What the leaf below a node adds, the node itself where the group was walked to its end. */
  private float value(int node, int[] keys) {
    int at = node;
    while (!PackedNode.isLeaf(nodes[at])) {
      at = next(at, keys);
    }
    return PackedNode.value(nodes[at]);
  }

  private int next(int node, int[] keys) {
    return PackedNode.next(node, nodes[node], keys);
  }
}
