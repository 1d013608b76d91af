package dev.presage.model.xgboost;

/** What a leaf adds to the margin. */
@FunctionalInterface
interface LeafValue {
  /** Of {@code gbtree}: what the file says. */
  LeafValue AS_WRITTEN = leaf -> leaf;

  float of(float leaf);

  /**
   * Of {@code dart}. XGBoost predicts each tree by itself, then adds what it predicted times the
   * tree's weight. Its prediction in place starts a tree at the base margin, which it takes off
   * again; by that the leaf is rounded.
   *
   * @param start what a tree's prediction starts with: 0, or the base margin
   */
  static LeafValue weighted(float start, float weight) {
    return leaf -> (start + leaf - start) * weight;
  }
}
