package dev.presage.model.xgboost;

import dev.presage.model.ModelRefusedException;
import dev.presage.model.document.Numbers;
import dev.presage.model.payload.FeaturePositions;
import java.util.List;

/** From a feature's index in a model to its position in the vector. */
final class FeatureMapping {
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
    return new FeatureMapping(new FeaturePositions(schema).inOrder(modelFeatures));
  }

  /** Of a model with feature names; it may use fewer than the schema has, in any order. */
  static FeatureMapping byName(List<String> model, List<String> schema)
      throws ModelRefusedException {
    return new FeatureMapping(new FeaturePositions(schema).of(model));
  }
}
