package dev.presage.model.contribution;

/** Refuses arrays of other lengths than the model's. */
final class Vectors {
  private Vectors() {}

  static void require(int features, double[] vector, double[] target) {
    if (vector.length != features || target.length != features) {
      throw new IllegalArgumentException(
          "the vector has %d values and the target %d, the model has %d features"
              .formatted(vector.length, target.length, features));
    }
  }
}
