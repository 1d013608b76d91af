package dev.presage.model.lightgbm;

import dev.presage.model.Predictor;
import dev.presage.model.payload.Vectors;

/** A LightGBM model as a predictor. */
final class LightgbmPredictor implements Predictor {
  private final LightgbmModel model;
  private final int features;
  private final ThreadLocal<double[]> scratch;

  LightgbmPredictor(LightgbmModel model, int features) {
    this.model = model;
    this.features = features;
    this.scratch = ThreadLocal.withInitial(() -> new double[model.outputs()]);
  }

  @Override
  public int features() {
    return features;
  }

  @Override
  public int outputs() {
    return model.outputs();
  }

  @Override
  public double margin(double[] vector) {
    return model.raw(0, Vectors.ofLength(features, vector));
  }

  @Override
  public double predict(double[] vector) {
    Vectors.ofLength(features, vector);
    if (model.outputs() == 1) {
      return model.predict(vector);
    }
    double[] all = scratch.get();
    model.predict(vector, all);
    return all[0];
  }

  @Override
  public void margins(double[] vector, double[] into) {
    Vectors.ofLength(features, vector);
    for (int output = 0; output < model.outputs(); output++) {
      into[output] = model.raw(output, vector);
    }
  }

  @Override
  public void predictions(double[] vector, double[] into) {
    model.predict(Vectors.ofLength(features, vector), into);
  }
}
