package dev.presage.model.xgboost;

import dev.presage.model.Predictor;

/** Scores as XGBoost does: base margin, what the booster adds, then the link. */
final class XgboostPredictor implements Predictor {
  private final Booster booster;
  private final float baseMargin;
  private final Link link;
  private final int features;

  XgboostPredictor(Booster booster, float baseMargin, Link link, int features) {
    this.booster = booster;
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
    Lengths.requireVector(vector, features);
    return booster.margin(0, baseMargin, vector);
  }
}
