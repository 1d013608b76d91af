package dev.presage.model.contribution;

/**
 * What each feature of a vector contributed to a margin. Thread-safe; no method allocates but what
 * a thread keeps for its next calls.
 *
 * <p>They are the Shapley values of the features: contributions and {@link #expected} sum to the
 * margin. A feature that a model does not use contributes 0.
 */
public interface Contributions {
  /** Length of a vector. */
  int features();

  /** Number of outputs: the classes, 1 where the model predicts a single value. */
  int outputs();

  /** The margin of an output where nothing is known of any feature. */
  double expected(int output);

  /**
   * Writes what each feature contributed to the margin of an output.
   *
   * @param vector {@code double[features()]}, each value rounded to a float; NaN is missing
   * @param target {@code double[features()]}
   * @throws IllegalArgumentException when an array has another length
   */
  void write(int output, double[] vector, double[] target);

  /** The contributions to one output alone. */
  default Contributions ofOutput(int output) {
    return new OneOutput(this, output);
  }
}
