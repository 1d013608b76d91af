package dev.presage.model.xgboost;

/**
 * From the margins of all classes to their probabilities, operation by operation as XGBoost does
 * (common/math.h of versions 1.7 to 3.x): exponentials in float, their sum in double.
 */
final class Softmax {
  private Softmax() {}

  static void apply(float[] margins, double[] probabilities) {
    float greatest = margins[greatest(margins)];
    float sum = sum(margins, greatest);
    for (int i = 0; i < margins.length; i++) {
      probabilities[i] = FloatExp.exp(margins[i] - greatest) / sum;
    }
  }

  /** The probability of one class. */
  static float probability(float[] margins, int output) {
    float greatest = margins[greatest(margins)];
    return FloatExp.exp(margins[output] - greatest) / sum(margins, greatest);
  }

  /** The class with the greatest margin, the first of equals. */
  static int greatest(float[] margins) {
    int greatest = 0;
    for (int i = 1; i < margins.length; i++) {
      if (margins[i] > margins[greatest]) {
        greatest = i;
      }
    }
    return greatest;
  }

  private static float sum(float[] margins, float greatest) {
    double sum = 0;
    for (float margin : margins) {
      sum += FloatExp.exp(margin - greatest);
    }
    return (float) sum;
  }
}
