package dev.presage.model.lightgbm;

import dev.presage.model.Predictor;

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
    return model.raw(0, checked(vector));
  }

  @Override
  public double predict(double[] vector) {
    checked(vector);
    if (model.outputs() == 1) {
      return model.predict(vector);
    }
    double[] all = scratch.get();
    model.predict(vector, all);
    return all[0];
  }

  @Override
  public void margins(double[] vector, double[] into) {
    checked(vector);
    for (int output = 0; output < model.outputs(); output++) {
      into[output] = model.raw(output, vector);
    }
  }

  @Override
  public void predictions(double[] vector, double[] into) {
    model.predict(checked(vector), into);
  }

  private double[] checked(double[] vector) {
    if (vector.length != features) {
      throw new IllegalArgumentException(
          "the vector has " + vector.length + " values, the model expects " + features);
    }
    return vector;
  }
}
