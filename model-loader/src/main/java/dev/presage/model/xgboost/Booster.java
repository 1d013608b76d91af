package dev.presage.model.xgboost;

/** What XGBoost adds to the base margins. Thread-safe; no method allocates. */
sealed interface Booster permits TreeBooster, LinearBooster {
  /** The margin of one output. */
  float margin(int output, float baseMargin, double[] vector);

  /**
   * Adds to the margin of each output.
   *
   * @param margins {@code float[outputs]}: the base margins
   */
  void addTo(float[] margins, double[] vector);
}
