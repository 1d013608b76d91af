package dev.presage.retrain.selection;

import dev.presage.retrain.rows.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The features that models are trained on. The schema stays as it is, and its fingerprint: vectors
 * have all features, a model looks at these.
 *
 * @param schema names of all features, in the order of the vector
 * @param positions places in the vector of those that are used, ascending, at least one
 */
public record UsedFeatures(List<String> schema, List<Integer> positions) {
  public UsedFeatures {
    schema = List.copyOf(schema);
    positions = List.copyOf(positions);
    if (positions.isEmpty()) {
      throw new IllegalArgumentException("A model needs at least one feature");
    }
  }

  /** All of them. */
  public static UsedFeatures all(List<String> schema) {
    return new UsedFeatures(schema, IntStream.range(0, schema.size()).boxed().toList());
  }

  /** Number of features that are used. */
  public int size() {
    return positions.size();
  }

  /** Their names, in the order of {@link #positions}. */
  public List<String> names() {
    return positions.stream().map(schema::get).toList();
  }

  /** Those that have more than one value in the rows. */
  public List<Integer> varyingIn(Rows rows) {
    List<Integer> varying = new ArrayList<>();
    for (int position : positions) {
      if (!FeatureSelection.isConstant(rows.column(position))) {
        varying.add(position);
      }
    }
    return varying;
  }
}
