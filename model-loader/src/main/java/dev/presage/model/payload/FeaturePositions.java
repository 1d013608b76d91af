package dev.presage.model.payload;

import dev.presage.model.ModelRefusedException;
import dev.presage.model.RefusalCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where the features of a feature schema stand in its vectors, by name. */
public final class FeaturePositions {
  private static final int MOST_NAMED = 10;

  private final Map<String, Integer> positions = new HashMap<>();

  /**
   * @param schema names of the features, in the order of the vector
   */
  public FeaturePositions(List<String> schema) {
    for (int i = 0; i < schema.size(); i++) {
      positions.put(schema.get(i), i);
    }
  }

  /** Length of a vector. */
  public int size() {
    return positions.size();
  }

  /**
   * Position of one feature.
   *
   * @throws ModelRefusedException when the schema has no such feature
   */
  public int of(String feature) throws ModelRefusedException {
    return of(List.of(feature))[0];
  }

  /**
   * Positions of several features, in their order.
   *
   * @throws ModelRefusedException when one stands twice, or the schema lacks some; the reason lists
   *     these
   */
  public int[] of(List<String> features) throws ModelRefusedException {
    int[] found = new int[features.size()];
    Set<String> seen = new HashSet<>();
    List<String> unknown = new ArrayList<>();
    for (int i = 0; i < found.length; i++) {
      String name = features.get(i);
      if (!seen.add(name)) {
        throw mismatch("the model names the feature " + name + " twice; rename one of the two");
      }
      Integer position = positions.get(name);
      if (position == null) {
        unknown.add(name);
      } else {
        found[i] = position;
      }
    }
    if (!unknown.isEmpty()) {
      List<String> left =
          positions.keySet().stream().filter(name -> !seen.contains(name)).sorted().toList();
      throw mismatch(
          "the model has "
              + listed(unknown)
              + ", which its feature schema has not; of the schema's features the model does not have "
              + (left.isEmpty() ? "none" : listed(left))
              + "; rename the model's features to the schema's");
    }
    return found;
  }

  /**
   * Positions of the features of a model that knows them by number only: they are the schema's, in
   * their order.
   *
   * @throws ModelRefusedException when the schema has more or fewer
   */
  public int[] inOrder(int features) throws ModelRefusedException {
    if (features != size()) {
      throw mismatch(
          "the model has "
              + features
              + " features without names, its feature schema has "
              + size()
              + "; train it on the schema's features, or save it with feature names");
    }
    int[] found = new int[features];
    for (int i = 0; i < features; i++) {
      found[i] = i;
    }
    return found;
  }

  private static String listed(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(names.size(), MOST_NAMED)));
    return names.size() <= MOST_NAMED
        ? first
        : first + " and " + (names.size() - MOST_NAMED) + " more";
  }

  private static ModelRefusedException mismatch(String what) {
    return new ModelRefusedException(RefusalCode.FEATURE_MISMATCH, what);
  }
}
