package dev.presage.model.xgboost;

import dev.presage.model.ModelRefusedException;
import dev.presage.model.RefusalCode;
import dev.presage.model.document.Numbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From a feature's index in a model to its position in the vector. */
final class FeatureMapping {
  private static final int MOST_NAMED = 10;

  private final int[] positions;

  private FeatureMapping(int[] positions) {
    this.positions = positions;
  }

  /** Position in the vector, or what the vector cannot have where the model has no such feature. */
  int position(int index) {
    return index >= 0 && index < positions.length ? positions[index] : Numbers.NOT_AN_INDEX;
  }

  /** Number of the model's features. */
  int size() {
    return positions.length;
  }

  /** Position in the vector of each of the model's features. */
  int[] positions() {
    return positions.clone();
  }

  /** Of a model without feature names: its features are the schema's, in their order. */
  static FeatureMapping byOrder(int modelFeatures, List<String> schema)
      throws ModelRefusedException {
    if (modelFeatures != schema.size()) {
      throw mismatch(
          "the model has "
              + modelFeatures
              + " features without names, its feature schema has "
              + schema.size()
              + "; train it on the schema's features, or save it with feature names");
    }
    int[] positions = new int[modelFeatures];
    for (int i = 0; i < modelFeatures; i++) {
      positions[i] = i;
    }
    return new FeatureMapping(positions);
  }

  /** Of a model with feature names; it may use fewer than the schema has, in any order. */
  static FeatureMapping byName(List<String> model, List<String> schema)
      throws ModelRefusedException {
    Map<String, Integer> known = new HashMap<>();
    for (int i = 0; i < schema.size(); i++) {
      known.put(schema.get(i), i);
    }
    int[] positions = new int[model.size()];
    Set<String> seen = new HashSet<>();
    List<String> unknown = new ArrayList<>();
    for (int i = 0; i < positions.length; i++) {
      String name = model.get(i);
      if (!seen.add(name)) {
        throw mismatch("the model names the feature " + name + " twice; rename one of the two");
      }
      Integer position = known.remove(name);
      if (position == null) {
        unknown.add(name);
      } else {
        positions[i] = position;
      }
    }
    if (!unknown.isEmpty()) {
      throw mismatch(
          "the model has "
              + listed(unknown)
              + ", which its feature schema has not; of the schema's features the model does not have "
              + (known.isEmpty() ? "none" : listed(known.keySet().stream().sorted().toList()))
              + "; rename the model's features to the schema's");
    }
    return new FeatureMapping(positions);
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
