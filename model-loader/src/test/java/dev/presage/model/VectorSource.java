package dev.presage.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Vectors whose features are of several sorts: continuous, counts with many ties, large amounts,
 * constant, mostly missing, always missing, and doubles that no float can hold.
 */
final class VectorSource {
  private static final int CATEGORIES = 30;

  private final int features;
  private final Random random;
  private final boolean categorical;
  private int categories = CATEGORIES;

  VectorSource(int features, Random random, boolean categorical) {
    this.features = features;
    this.random = random;
    this.categorical = categorical;
  }

  /** XGBoost's types of the features: counts and constants are categories where any are. */
  String[] featureTypes() {
    String[] types = new String[features];
    for (int i = 0; i < features; i++) {
      types[i] = isCategory(i) ? "c" : "q";
    }
    return types;
  }

  /** From now on there are categories that have not been before. */
  void meetNewCategories() {
    categories = CATEGORIES + 50;
  }

  private boolean isCategory(int feature) {
    return categorical && (feature % 7 == 1 || feature % 7 == 3);
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
    if (isCategory(feature) && feature % 7 == 1) {
      return category();
    }
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

  /** Mostly a common one; of new ones some that no model can know, and what is between two. */
  private double category() {
    int category = (int) (random.nextDouble() * random.nextDouble() * categories);
    return category <= CATEGORIES
        ? category % CATEGORIES
        : random.nextInt(3) > 0 ? category + random.nextDouble() : category * 1e6;
  }
}
