package dev.presage.model.xgboost;

import dev.presage.model.Predictor;
import dev.presage.model.tree.TreeEnsemble;

/** Scores as XGBoost does: base margin, leaves in the order of the trees, then the link. */
final class XgboostPredictor implements Predictor {
  private final TreeEnsemble trees;
  private final float baseMargin;
  private final Link link;
  private final int features;

  XgboostPredictor(TreeEnsemble trees, float baseMargin, Link link, int features) {
    this.trees = trees;
    this.baseMargin = baseMargin;
    this.link = link;
    this.features = features;
  }

  @Override
  public int features() {
    return features;
  }

  @Override
  public double margin(double[] vector) {
    return sum(vector);
  }

  @Override
  public double predict(double[] vector) {
    return link.predict(sum(vector));
  }

  private float sum(double[] vector) {
    if (vector.length != features) {
      throw new IllegalArgumentException(
          "the vector has " + vector.length + " values, the model expects " + features);
    }
    return trees.sum(baseMargin, vector);
  }
}
