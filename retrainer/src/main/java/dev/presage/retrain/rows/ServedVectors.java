package dev.presage.retrain.rows;

import java.util.List;

/** Where the vectors are that the stream served. */
@FunctionalInterface
public interface ServedVectors {
  /** Nothing was served. */
  ServedVectors NONE = fingerprint -> List.of();

  /**
   * Vectors that were served at events, of any trait: a sample where there are many.
   *
   * @param fingerprint of the feature schema that they have to be of
   * @throws dev.presage.retrain.history.HistoryException when they cannot be read
   */
  List<ServedVector> of(String fingerprint);
}
