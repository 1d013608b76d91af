package dev.presage.model.tree;

/** Which way a vector goes at each of some splits. Thread-safe; no method allocates. */
public interface SplitDirections {
  /**
   * Decides each split, those included that the vector does not reach.
   *
   * @param vector values by feature, each rounded to a float; NaN is missing
   * @param left {@code byte[splits]} or longer: becomes 1 where the vector goes left, else 0
   */
  void write(double[] vector, byte[] left);
}
