package dev.presage.features.declaration;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Declarations that hold together.
 *
 * @param entityType what is profiled
 * @param deduplication how long an event ID is remembered
 * @param series what is tracked for features, by ascending name; with the series that were derived
 *     for features with weekdays or hours
 * @param features the features, by ascending name, which is the order of the vector
 * @param computedOrder indices of the computed features, each after all that it reads
 * @param tracking whether, and how, every event type is tracked besides
 */
public record Declarations(
    String entityType,
    Duration deduplication,
    List<SeriesDefinition> series,
    List<FeatureDefinition> features,
    List<Integer> computedOrder,
    Optional<Tracking> tracking) {
  public Declarations {
    series = List.copyOf(series);
    features = List.copyOf(features);
    computedOrder = List.copyOf(computedOrder);
  }

  /**
   * Returns the fingerprint of what the features mean: 64 hexadecimal digits of SHA-256 over the
   * entity type and each feature in order with all that its value follows from. The order of the
   * file, spaces, comments, names of series, retention and the deduplication period are no part.
   */
  public String fingerprint() {
    Canonical canonical = new Canonical().add("presage-features-1").add(entityType);
    features.forEach(feature -> canonical.add(feature.canonical()));
    return HexFormat.of().formatHex(Canonical.sha256(canonical.text()));
  }
}
