package dev.presage.model.tree;

import org.jspecify.annotations.Nullable;

/** Trees with the cover of each node: the sum of the Hessians of the rows that training sent it. */
public final class CoveredTrees {
  private final TreeStructure structure;
  private final float[] cover;

  private CoveredTrees(TreeStructure structure, float[] cover) {
    this.structure = structure;
    this.cover = cover;
  }

  /**
   * The trees with their covers, which are taken as they are; null where a cover cannot be: none
   * was saved, or one is negative, as {@code survival:cox} was seen to make them when its margins
   * explode.
   */
  static @Nullable CoveredTrees of(TreeStructure structure, float[] cover) {
    for (float it : cover) {
      if (!(it >= 0 && it < Float.POSITIVE_INFINITY)) {
        return null;
      }
    }
    return new CoveredTrees(structure, cover);
  }

  public TreeStructure structure() {
    return structure;
  }

  /**
   * The share of a split's rows that went left, in [0, 1]; a half where it is not known. The right
   * child has the rest.
   */
  public float leftShare(int split) {
    int left = structure.left(split);
    double both = (double) cover[left] + cover[left + 1];
    return both > 0 ? (float) (cover[left] / both) : 0.5f;
  }
}
