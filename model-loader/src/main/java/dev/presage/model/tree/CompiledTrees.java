package dev.presage.model.tree;

/** Trees that were checked and laid out for scoring. Thread-safe; no method allocates. */
public sealed interface CompiledTrees permits TreeEnsemble, PlainEnsemble {
  /** Number of trees. */
  int trees();

  /** Number of nodes of all trees. */
  int nodes();

  /**
   * Adds the leaf that the vector reaches in each tree to {@code start}, in the order of the trees
   * and in float.
   *
   * @param vector values by feature, each rounded to a float; NaN is missing
   */
  float sum(float start, double[] vector);
}
