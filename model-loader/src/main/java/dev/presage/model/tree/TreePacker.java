package dev.presage.model.tree;

/**
 * Puts nodes where a walk finds them in few cache lines: three levels below a split lie together,
 * at most 14 nodes, and what is below them in blocks of the same sort. Siblings stay neighbours.
 */
final class TreePacker {
  private static final int LEVELS = 3;

  private final int[] slot;
  private final int[] threshold;
  private final int[] left;
  private final float[] leaf;

  /**
   * Takes nodes as {@link TreeEnsembleBuilder} places them: the right child is next to {@code
   * left}, and a leaf is its own left child.
   */
  TreePacker(int[] slot, int[] threshold, int[] left, float[] leaf) {
    this.slot = slot;
    this.threshold = threshold;
    this.left = left;
    this.leaf = leaf;
  }

  /**
   * Packs a tree.
   *
   * @param root where it begins, here and in {@code target}
   * @param count its nodes
   */
  void pack(int root, int count, long[] target) {
    Order order = new Order(root, count);
    for (int at = 0; at < count; at++) {
      int node = order.node[at];
      target[root + at] =
          isLeaf(node)
              ? PackedNode.leaf(leaf[node])
              : PackedNode.split(threshold[node], slot[node], order.child[at] - at);
    }
  }

  /** Puts what is known of the nodes of a tree where {@link #pack} puts the nodes. */
  void pack(int root, int count, float[] known, float[] target) {
    Order order = new Order(root, count);
    for (int at = 0; at < count; at++) {
      target[root + at] = known[order.node[at]];
    }
  }

  private boolean isLeaf(int node) {
    return left[node] == node;
  }

  /** Which node goes where in its tree, block by block. */
  private final class Order {
    /** By place the node. */
    final int[] node;

    /** By place that of the left child. */
    final int[] child;

    private final int[] waiting;
    private int waitingEnd;
    private int placed = 1;

    Order(int root, int count) {
      node = new int[count];
      child = new int[count];
      waiting = new int[count];
      node[0] = root;
      wait(0);
      for (int next = 0; next < waitingEnd; next++) {
        placeBlock(waiting[next]);
      }
    }

    /** Places the levels below a split; the splits of the lowest one wait for their own block. */
    private void placeBlock(int top) {
      int from = top;
      int to = top + 1;
      for (int level = 0; level < LEVELS; level++) {
        int below = placed;
        for (int at = from; at < to; at++) {
          placeChildren(at);
        }
        from = below;
        to = placed;
      }
      for (int at = from; at < to; at++) {
        wait(at);
      }
    }

    private void placeChildren(int at) {
      if (!isLeaf(node[at])) {
        child[at] = placed;
        node[placed++] = left[node[at]];
        node[placed++] = left[node[at]] + 1;
      }
    }

    private void wait(int at) {
      if (!isLeaf(node[at])) {
        waiting[waitingEnd++] = at;
      }
    }
  }
}
