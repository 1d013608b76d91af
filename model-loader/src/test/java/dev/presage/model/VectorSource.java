package dev.presage.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Vectors whose features are of several sorts: continuous, counts with many ties, large amounts,
 * constant, mostly missing, always missing, and doubles that no float can hold.
 */
final class VectorSource {
  private final int features;
  private final Random random;

  VectorSource(int features, Random random) {
    this.features = features;
    this.random = random;
  }

  List<double[]> next(int rows) {
    List<double[]> vectors = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      vectors.add(next());
    }
    return vectors;
  }

  double[] next() {
    double[] vector = new double[features];
    for (int feature = 0; feature < features; feature++) {
      vector[feature] = random.nextInt(10) == 0 ? Double.NaN : value(feature);
    }
    return vector;
  }

  private double value(int feature) {
    return switch (feature % 7) {
      case 0 -> random.nextGaussian();
      case 1 -> random.nextInt(5);
      case 2 -> Math.exp(8 * random.nextDouble()) * 1e4;
      case 3 -> 42;
      case 4 -> random.nextInt(4) == 0 ? random.nextDouble() : Double.NaN;
      case 5 -> feature == 5 ? Double.NaN : random.nextInt(3) - 1.0;
      default -> random.nextInt(40) / 7.0;
    };
  }
}
