package dev.presage.model.tree;

/**
 * A binary tree as its trainer wrote it, not to be trusted: any answer may be nonsense. Nodes are
 * numbered from 0, the root.
 */
public interface TreeSource {
  /** Number of nodes, those included that the root does not reach. */
  int size();

  boolean isLeaf(int node);

  /** The child for values below the threshold. */
  int left(int node);

  int right(int node);

  /** Index of the feature that the node splits on, in the order of the vector. */
  int feature(int node);

  float threshold(int node);

  /** Whether a missing value goes left. */
  boolean missingGoesLeft(int node);

  /** What a leaf adds to the margin. */
  float leaf(int node);

  /** Whether the node asks for categories instead of comparing with a threshold. */
  default boolean isCategorical(int node) {
    return false;
  }

  /** The categories that a categorical node sends right; values of no category go left. */
  default int[] categories(int node) {
    return new int[0];
  }

  /** Sum of the Hessians of the training rows that reached the node. */
  default float cover(int node) {
    return 0;
  }

  /** How much a split improved the objective. */
  default float gain(int node) {
    return 0;
  }
}
