package dev.presage.features;

import java.util.List;

/**
 * The shape of a feature vector.
 *
 * @param names names of the features, in the order of the vector, which is ascending
 * @param fingerprint 64 hexadecimal digits; equal exactly where the features are declared with
 *     equal names and meanings
 */
public record FeatureSchema(List<String> names, String fingerprint) {
  public FeatureSchema {
    names = List.copyOf(names);
    if (!fingerprint.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "a fingerprint has 64 hexadecimal digits, here is '" + fingerprint + "'");
    }
  }

  /** Returns the length of a vector. */
  public int size() {
    return names.size();
  }
}
