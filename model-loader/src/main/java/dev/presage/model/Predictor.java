package dev.presage.model;

import java.util.List;

/**
 * A compiled model. Thread-safe; no method allocates.
 *
 * <p>A vector is {@code double[features()]} in the order of the feature schema; {@code NaN} is a
 * missing value. A model that XGBoost trained rounds every value to a float first, as XGBoost does;
 * the others take it as it is. A vector of another length is refused with an {@link
 * IllegalArgumentException}.
 */
public interface Predictor {
  /** Length of a vector. */
  int features();

  /** Number of outputs: 1, but for classifiers of several classes, which have one for each. */
  default int outputs() {
    return 1;
  }

  /**
   * Names of the classes where the prediction is the number of one, from 0; else none. The outputs
   * of a classifier are not meant: these are probabilities.
   */
  default List<String> classes() {
    return List.of();
  }

  /**
   * The raw sum, before the objective's transformation. XGBoost's is a float, widened. Of several
   * outputs the first.
   */
  double margin(double[] vector);

  /**
   * The prediction: a probability, a count or a value, as the model's objective has it. Of several
   * outputs the first.
   */
  double predict(double[] vector);

  /**
   * The margin of every output.
   *
   * @param into {@code double[outputs()]}, which is written
   */
  default void margins(double[] vector, double[] into) {
    into[0] = margin(vector);
  }

  /**
   * The prediction of every output.
   *
   * @param into {@code double[outputs()]}, which is written
   */
  default void predictions(double[] vector, double[] into) {
    into[0] = predict(vector);
  }
}
