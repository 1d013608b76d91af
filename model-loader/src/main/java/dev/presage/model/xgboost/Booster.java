package dev.presage.model.xgboost;

import dev.presage.model.contribution.Contributions;
import org.jspecify.annotations.Nullable;

/** What XGBoost adds to the base margins. Thread-safe; no method that scores allocates. */
sealed interface Booster permits TreeBooster, LinearBooster {
  /** The margin of one output. */
  float margin(int output, float baseMargin, double[] vector);

  /**
   * Adds to the margin of each output.
   *
   * @param margins {@code float[outputs]}: the base margins
   */
  void addTo(float[] margins, double[] vector);

  /**
   * Compiles what each feature contributes to each output.
   *
   * @param baseMargins of each output
   * @param features length of a vector
   * @return null where the file does not have the cover of each node
   */
  @Nullable Contributions contributions(float[] baseMargins, int features);
}
