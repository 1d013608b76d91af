package dev.presage.model;

/**
 * A compiled model. Thread-safe; no method allocates.
 *
 * <p>A vector is {@code double[features()]} in the order of the feature schema; {@code NaN} is a
 * missing value. Every value is rounded to a float first, as XGBoost does. A vector of another
 * length is refused with an {@link IllegalArgumentException}.
 */
public interface Predictor {
  /** Length of a vector. */
  int features();

  /** The raw sum, before the objective's transformation. */
  float margin(double[] vector);

  /** The prediction: a probability, a count or a value, as the model's objective has it. */
  double predict(double[] vector);
}
