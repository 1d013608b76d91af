package dev.presage.model;

import dev.presage.model.contribution.Contributions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A compiled model. Thread-safe; no method that predicts allocates.
 *
 * <p>A vector is {@code double[features()]} in the order of the feature schema; {@code NaN} is a
 * missing value. A model that XGBoost trained rounds every value to a float first, as XGBoost does;
 * the others take it as it is. A vector of another length is refused with an {@link
 * IllegalArgumentException}, and so is a target of another length than {@code outputs()}.
 *
 * <p>A model with several outputs has one for each class. Its single margin and prediction are
 * those of the likeliest class, the first of equals: its margin, and its number from 0.
 */
public interface Predictor {
  /** Length of a vector. */
  int features();

  /** The raw sum, before the objective's transformation. XGBoost's is a float, widened. */
  double margin(double[] vector);

  /**
   * The prediction: a probability, a count, a value or a class, as the model's objective has it.
   */
  double predict(double[] vector);

  /** Number of outputs: the classes, 1 where the model predicts a single value. */
  default int outputs() {
    return 1;
  }

  /**
   * Writes the margin of each output.
   *
   * @param target {@code double[outputs()]}
   */
  default void margins(double[] vector, double[] target) {
    requireLength(target.length);
    target[0] = margin(vector);
  }

  /**
   * Writes the prediction of each output: the probability of each class.
   *
   * @param target {@code double[outputs()]}
   */
  default void predict(double[] vector, double[] target) {
    requireLength(target.length);
    target[0] = predict(vector);
  }

  /** Names of the classes where the single prediction is the number of one and they have names. */
  default List<String> classes() {
    return List.of();
  }

  /**
   * What each feature contributes to the margin of each output. They are compiled when they are
   * first asked for, which takes longer than a score and as much memory again as the model.
   *
   * @return null where the model cannot tell: its kind does not, or its trees lack sound covers
   */
  default @Nullable Contributions contributions() {
    return null;
  }

  private void requireLength(int length) {
    if (length != outputs()) {
      throw new IllegalArgumentException(
          "the target has " + length + " elements, the model has " + outputs() + " outputs");
    }
  }
}
