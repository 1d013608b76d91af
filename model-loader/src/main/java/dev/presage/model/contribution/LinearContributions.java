package dev.presage.model.contribution;

import java.util.Arrays;

/** Of a weighted sum: weight times value; a missing value contributes nothing. */
public final class LinearContributions implements Contributions {
  private final int features;
  private final int[] positions;
  private final float[] weights;
  private final double[] expected;

  /**
   * @param features length of a vector
   * @param positions position in the vector of each feature of the model, none twice
   * @param weights of each feature of the model a weight for each output
   * @param expected of each output the margin without any feature
   */
  public LinearContributions(int features, int[] positions, float[] weights, double[] expected) {
    this.features = features;
    this.positions = positions.clone();
    this.weights = weights.clone();
    this.expected = expected.clone();
  }

  @Override
  public int features() {
    return features;
  }

  @Override
  public int outputs() {
    return expected.length;
  }

  @Override
  public double expected(int output) {
    return expected[output];
  }

  @Override
  public void write(int output, double[] vector, double[] target) {
    Vectors.require(features, vector, target);
    Arrays.fill(target, 0);
    for (int feature = 0; feature < positions.length; feature++) {
      float value = (float) vector[positions[feature]];
      if (!Float.isNaN(value)) {
        target[positions[feature]] = value * weights[feature * expected.length + output];
      }
    }
  }
}
