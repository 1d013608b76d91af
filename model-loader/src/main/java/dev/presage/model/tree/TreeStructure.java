package dev.presage.model.tree;

/**
 * Trees that were checked, node by node. Nodes are numbered through all trees in their order; those
 * of a tree from its root, parents before their children, the right child after the left one.
 */
public interface TreeStructure {
  /** Number of trees. */
  int trees();

  /** Number of nodes of all trees. */
  int nodes();

  /** The root of a tree. */
  int root(int tree);

  boolean isLeaf(int node);

  /** The left child of a split; the right one is the next node. */
  int left(int split);

  /** The feature of a split, in the order of the vector. */
  int feature(int split);

  /** What a leaf adds to the margin. */
  float value(int leaf);

  /**
   * Prepares to say which way vectors go.
   *
   * @param splits at which nodes
   */
  SplitDirections directions(int[] splits);
}
