package dev.presage.model.tree;

import java.util.Arrays;

/**
 * What training knew of each node, for explanations and importance. Nodes are numbered through all
 * trees in their order; those of a tree level by level, from its root.
 */
public final class TreeStatistics {
  private final int[] roots;
  private final float[] cover;
  private final float[] gain;

  TreeStatistics(int[] roots, float[] cover, float[] gain) {
    this.roots = roots;
    this.cover = cover;
    this.gain = gain;
  }

  public int nodes() {
    return cover.length;
  }

  /** Number of the root of a tree. */
  public int root(int tree) {
    return roots[tree];
  }

  /** Sum of the Hessians of the training rows that reached the node; finite, not negative. */
  public float cover(int node) {
    return cover[node];
  }

  /** How much the split of the node improved the objective; finite, 0 for a leaf. */
  public float gain(int node) {
    return gain[node];
  }

  static TreeStatistics of(int[] roots, int trees, float[] cover, float[] gain, int nodes) {
    return new TreeStatistics(
        Arrays.copyOf(roots, trees), Arrays.copyOf(cover, nodes), Arrays.copyOf(gain, nodes));
  }
}
