package dev.presage.retrain.registry;

import dev.presage.schemas.avro.ChallengerMeasurement;

/**
 * A shadow or canary beside the live model, on the vectors of one instance.
 *
 * @param instance which one measured
 * @param figures what both said of the same vectors
 */
public record Challenge(String instance, ChallengerMeasurement figures) {}
