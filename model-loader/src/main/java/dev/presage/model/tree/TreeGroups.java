package dev.presage.model.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The trees of a model with several outputs: each output is the sum of a group of trees.
 * Thread-safe; no method allocates.
 */
public final class TreeGroups {
  private final CompiledTrees[] groups;

  /** The groups where all are packed, else null. */
  private final TreeEnsemble @Nullable [] packed;

  public TreeGroups(List<CompiledTrees> groups) {
    this.groups = groups.toArray(CompiledTrees[]::new);
    this.packed =
        groups.stream().allMatch(TreeEnsemble.class::isInstance)
            ? groups.stream().map(TreeEnsemble.class::cast).toArray(TreeEnsemble[]::new)
            : null;
  }

  /** Number of groups. */
  public int size() {
    return groups.length;
  }

  /** Adds the leaves of one group's trees to {@code start}; see {@link CompiledTrees#sum}. */
  public float sum(int group, float start, double[] vector) {
    return groups[group].sum(start, vector);
  }

  /**
   * Adds the leaves of each group's trees to the group's sum.
   *
   * @param sums {@code float[size()]}: what to add to
   */
  public void addTo(float[] sums, double[] vector) {
    if (packed == null) {
      for (int group = 0; group < groups.length; group++) {
        sums[group] = groups[group].sum(sums[group], vector);
      }
      return;
    }
    int[] keys = packed[0].keys(vector);
    for (int group = 0; group < packed.length; group++) {
      sums[group] = packed[group].sum(sums[group], keys);
    }
  }
}
