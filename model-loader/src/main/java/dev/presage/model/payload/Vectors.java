package dev.presage.model.payload;

/** Checks of vectors. */
public final class Vectors {
  private Vectors() {}

  /**
   * The vector itself.
   *
   * @throws IllegalArgumentException when it has another length
   */
  public static double[] ofLength(int features, double[] vector) {
    if (vector.length != features) {
      throw new IllegalArgumentException(
          "the vector has " + vector.length + " values, the model expects " + features);
    }
    return vector;
  }
}
