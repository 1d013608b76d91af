package dev.presage.model.xgboost;

import dev.presage.model.Predictor;
import dev.presage.model.contribution.Contributions;
import org.jspecify.annotations.Nullable;

/** Scores as XGBoost does: base margin, what the booster adds, then the link. */
final class XgboostPredictor implements Predictor {
  private final Booster booster;
  private final float baseMargin;
  private final Link link;
  private final int features;
  private final LazyContributions contributions;

  XgboostPredictor(Booster booster, float baseMargin, Link link, int features) {
    this.booster = booster;
    this.baseMargin = baseMargin;
    this.link = link;
    this.features = features;
    this.contributions = new LazyContributions(booster, new float[] {baseMargin}, features);
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

  @Override
  public @Nullable Contributions contributions() {
    return contributions.get();
  }
}
