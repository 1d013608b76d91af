package dev.presage.model.xgboost;

import dev.presage.model.ModelRefusedException;
import dev.presage.model.RefusalCode;
import dev.presage.model.contribution.Contributions;
import dev.presage.model.contribution.LinearContributions;
import dev.presage.model.document.Node;
import dev.presage.model.document.Numbers;
import dev.presage.model.document.UnreadableDocumentException;

/**
 * Booster {@code gblinear}: base margin plus bias, then weight times value feature by feature in
 * the order of the model, each rounded to a float. A missing value adds nothing.
 */
final class LinearBooster implements Booster {
  /** Of each feature of the model its position in the vector. */
  private final int[] positions;

  private final int outputs;

  /** Of each feature a weight for each output, then a bias for each output. */
  private final float[] weights;

  private LinearBooster(int[] positions, int outputs, float[] weights) {
    this.positions = positions;
    this.outputs = outputs;
    this.weights = weights;
  }

  static LinearBooster read(Node booster, FeatureMapping mapping, int outputs)
      throws UnreadableDocumentException, ModelRefusedException {
    Node listed = booster.get("model").get("weights");
    Numbers numbers = listed.numbers();
    long expected = (mapping.size() + 1L) * outputs;
    if (numbers.size() != expected) {
      throw new UnreadableDocumentException(
          String.format(
              "%s has %d elements, but %d features and a bias with %d outputs need %d",
              listed.path(), numbers.size(), mapping.size(), outputs, expected));
    }
    float[] weights = new float[numbers.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) numbers.get(i);
      if (!Float.isFinite(weights[i])) {
        throw new ModelRefusedException(
            RefusalCode.UNREADABLE,
            listed.path()
                + " has the weight "
                + weights[i]
                + " at "
                + i
                + "; train the model again, with a lower learning rate");
      }
    }
    return new LinearBooster(mapping.positions(), outputs, weights);
  }

  @Override
  public float margin(int output, float baseMargin, double[] vector) {
    float margin = weights[positions.length * outputs + output] + baseMargin;
    for (int feature = 0; feature < positions.length; feature++) {
      float value = (float) vector[positions[feature]];
      if (!Float.isNaN(value)) {
        margin += value * weights[feature * outputs + output];
      }
    }
    return margin;
  }

  @Override
  public void addTo(float[] margins, double[] vector) {
    for (int output = 0; output < outputs; output++) {
      margins[output] = margin(output, margins[output], vector);
    }
  }

  @Override
  public Contributions contributions(float[] baseMargins, int features) {
    double[] expected = new double[outputs];
    for (int output = 0; output < outputs; output++) {
      expected[output] = weights[positions.length * outputs + output] + baseMargins[output];
    }
    return new LinearContributions(features, positions, weights, expected);
  }
}
