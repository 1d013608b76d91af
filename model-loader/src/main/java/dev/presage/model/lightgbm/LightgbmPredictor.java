package dev.presage.model.lightgbm;

import dev.presage.model.Predictor;
import dev.presage.model.payload.Vectors;

/** A LightGBM model as a predictor. */
final class LightgbmPredictor implements Predictor {
  private final LightgbmModel model;
  private final int features;
  private final int outputs;

  LightgbmPredictor(LightgbmModel model, int features) {
    this.model = model;
    this.features = features;
    this.outputs = model.outputs();
  }

  @Override
  public int features() {
    return features;
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public double margin(double[] vector) {
    Vectors.ofLength(features, vector);
    double highest = model.raw(0, vector);
    for (int output = 1; output < outputs; output++) {
      highest = Math.max(highest, model.raw(output, vector));
    }
    return highest;
  }

  @Override
  public double predict(double[] vector) {
    Vectors.ofLength(features, vector);
    return outputs == 1 ? model.predict(vector) : likeliest(vector);
  }

  @Override
  public void margins(double[] vector, double[] target) {
    Vectors.ofLength(features, vector);
    requireOutputs(target);
    for (int output = 0; output < outputs; output++) {
      target[output] = model.raw(output, vector);
    }
  }

  @Override
  public void predict(double[] vector, double[] target) {
    Vectors.ofLength(features, vector);
    requireOutputs(target);
    model.predict(vector, target);
  }

  private void requireOutputs(double[] target) {
    if (target.length != outputs) {
      throw new IllegalArgumentException(
          "the target has " + target.length + " elements, the model has " + outputs + " outputs");
    }
  }

  /** The raw scores are in the order of the probabilities. */
  private int likeliest(double[] vector) {
    int likeliest = 0;
    double highest = model.raw(0, vector);
    for (int output = 1; output < outputs; output++) {
      double score = model.raw(output, vector);
      if (score > highest) {
        likeliest = output;
        highest = score;
      }
    }
    return likeliest;
  }
}
