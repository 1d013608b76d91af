package dev.presage.model.xgboost;

import dev.presage.model.contribution.Contributions;
import dev.presage.model.contribution.TreeContributions;
import dev.presage.model.tree.CoveredTrees;
import dev.presage.model.tree.TreeGroups;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Boosters {@code gbtree} and {@code dart}.
 *
 * @param trees a group of trees for each output
 * @param covered the same groups with their covers; none where a cover cannot be
 */
record TreeBooster(TreeGroups trees, List<CoveredTrees> covered) implements Booster {
  @Override
  public float margin(int output, float baseMargin, double[] vector) {
    return trees.sum(output, baseMargin, vector);
  }

  @Override
  public void addTo(float[] margins, double[] vector) {
    trees.addTo(margins, vector);
  }

  @Override
  public @Nullable Contributions contributions(float[] baseMargins, int features) {
    return covered.isEmpty() ? null : new TreeContributions(features, covered, baseMargins);
  }
}
