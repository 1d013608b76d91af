package dev.presage.model.tree;

/**
 * A node in one {@code long}.
 *
 * <pre>
 *         63 .. 32           31 .. 17                 16 .. 0
 *   split key of threshold - 1 | slot of the feature | from the node to its left child
 *   leaf  bits of its value    | 0                   | 0
 * </pre>
 *
 * The right child is next to the left one. A leaf is its own left child, and slot 0 ({@link
 * VectorKeys#LEFT}) sends it there whatever its value, so that a walk may go on beyond it.
 */
final class PackedNode {
  private static final int HIGH = 32;
  private static final int CHILD_BITS = 17;
  private static final int CHILD_MASK = (1 << CHILD_BITS) - 1;
  private static final int MAX_SLOTS = 1 << (HIGH - CHILD_BITS);

  private PackedNode() {}

  /**
   * Whether every node of such trees can be packed.
   *
   * @param features length of the vectors
   * @param treeNodes nodes of the largest tree
   */
  static boolean canHold(int features, int treeNodes) {
    return VectorKeys.slots(features) <= MAX_SLOTS && treeNodes <= CHILD_MASK;
  }

  /**
   * @param threshold key of the threshold
   * @param child from the node to its left child
   */
  static long split(int threshold, int slot, int child) {
    return (long) (threshold - 1) << HIGH | (long) slot << CHILD_BITS | child;
  }

  static long leaf(float value) {
    return (long) Float.floatToRawIntBits(value) << HIGH;
  }

  static boolean isLeaf(long node) {
    return (int) node == 0;
  }

  /** What a leaf adds. */
  static float value(long leaf) {
    return Float.intBitsToFloat((int) (leaf >>> HIGH));
  }

  static int feature(long split) {
    return VectorKeys.feature((int) split >>> CHILD_BITS);
  }

  /** The step to the left child. */
  static int toLeft(long node) {
    return (int) node & CHILD_MASK;
  }

  /** 1 where the way goes right, else 0: a sign bit says whether the key is at the threshold. */
  static int right(long node, int[] keys) {
    long difference = (node >> HIGH) - keys[(int) node >>> CHILD_BITS];
    return (int) (difference >>> 63);
  }

  /**
   * The node that comes after one: the difference's sign bit says whether the key has reached the
   * threshold. The bit comes last, so it is added last.
   *
   * @param at where the node is
   */
  static int next(int at, long node, int[] keys) {
    int low = (int) node;
    long difference = (node >> HIGH) - keys[low >>> CHILD_BITS];
    return at + (low & CHILD_MASK) + (int) (difference >>> 63);
  }
}
