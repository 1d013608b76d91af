package dev.presage.model.xgboost;

/** Checks what callers hand to a predictor. */
final class Lengths {
  private Lengths() {}

  static void requireVector(double[] vector, int features) {
    if (vector.length != features) {
      throw new IllegalArgumentException(
          "the vector has " + vector.length + " values, the model expects " + features);
    }
  }

  static void requireTarget(int length, int outputs) {
    if (length != outputs) {
      throw new IllegalArgumentException(
          "the target has " + length + " elements, the model has " + outputs + " outputs");
    }
  }
}
