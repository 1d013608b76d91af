package dev.presage.retrain.evaluation;

/** Computes figures of the same rows under any weights of them. Used by one thread. */
interface Measure {
  /** Number of figures. */
  int figures();

  /**
   * Computes all figures.
   *
   * @param weights of the rows, not negative
   * @param figures {@code double[figures()]}, is overwritten; NaN where a figure is not defined
   */
  void write(double[] weights, double[] figures);
}
