package dev.presage.model.tree;

/**
 * Floats as integers of the same order, so that a comparison is a subtraction. A missing value
 * becomes the least integer where it goes left, the greatest where it goes right; so each feature
 * has two slots, and a node names the one that it means.
 *
 * <p>Slot 0 belongs to no feature and is below everything, so that whatever asks for it goes left.
 */
final class VectorKeys {
  /** The slot that sends every node left. */
  static final int LEFT = 0;

  private static final int MISSING_LEFT = Integer.MIN_VALUE;
  private static final int MISSING_RIGHT = Integer.MAX_VALUE;

  private final ThreadLocal<int[]> scratch;

  VectorKeys(int features) {
    this.scratch = ThreadLocal.withInitial(() -> emptyKeys(features));
  }

  /** Number of slots for vectors of some length. */
  static int slots(int features) {
    return 2 * features + 1;
  }

  /** The slot of a feature for nodes that send missing values one way. */
  static int slot(int feature, boolean missingGoesRight) {
    return 2 * feature + (missingGoesRight ? 2 : 1);
  }

  static int feature(int slot) {
    return (slot - 1) >>> 1;
  }

  static boolean missingGoesRight(int slot) {
    return (slot & 1) == 0;
  }

  /** An integer for each float but NaN, in the order of the floats; both zeros have the same. */
  static int key(float value) {
    int bits = Float.floatToRawIntBits(value + 0f);
    return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }

  /** The keys of a vector by slot, in this thread's array: to be read before the next call. */
  int[] of(double[] vector) {
    int[] keys = scratch.get();
    for (int feature = 0; 2 * feature + 2 < keys.length; feature++) {
      float value = (float) vector[feature];
      boolean missing = Float.isNaN(value);
      int key = key(value);
      keys[2 * feature + 1] = missing ? MISSING_LEFT : key;
      keys[2 * feature + 2] = missing ? MISSING_RIGHT : key;
    }
    return keys;
  }

  private static int[] emptyKeys(int features) {
    int[] keys = new int[slots(features)];
    keys[LEFT] = Integer.MIN_VALUE;
    return keys;
  }
}
