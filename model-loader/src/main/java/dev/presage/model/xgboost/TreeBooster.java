package dev.presage.model.xgboost;

import dev.presage.model.tree.TreeGroups;

/**
 * Boosters {@code gbtree} and {@code dart}.
 *
 * @param trees a group of trees for each output
 */
record TreeBooster(TreeGroups trees) implements Booster {
  @Override
  public float margin(int output, float baseMargin, double[] vector) {
    return trees.sum(output, baseMargin, vector);
  }

  @Override
  public void addTo(float[] margins, double[] vector) {
    trees.addTo(margins, vector);
  }
}
