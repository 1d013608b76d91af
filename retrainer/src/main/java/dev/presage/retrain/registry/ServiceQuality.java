package dev.presage.retrain.registry;

import dev.presage.schemas.avro.VersionQuality;
import java.time.Instant;

/**
 * What a version was worth while it served, by the training examples of all instances.
 *
 * @param measuredAt when that was measured, by the wall clock of the instance that did
 * @param figures scores beside what really happened, and how far scores and features have moved
 */
public record ServiceQuality(Instant measuredAt, VersionQuality figures) {}
