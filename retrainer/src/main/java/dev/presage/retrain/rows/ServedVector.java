package dev.presage.retrain.rows;

import java.util.Arrays;

/**
 * A vector as the stream served it when an event was applied.
 *
 * @param profileId the profile that the event was applied to
 * @param eventId the event
 * @param isLate whether it was older than the newest event of the profile
 * @param asOf the time at which the vector holds, milliseconds since the epoch: that of the
 *     profile's newest event, or of a rung of silence after it
 * @param vector in the order of the feature schema; not copied, so not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Compared feature by feature, and there are many.
public record ServedVector(
    String profileId, String eventId, boolean isLate, long asOf, double[] vector) {
  /** Whether another says the same of the same moment. */
  boolean saysTheSameAs(ServedVector other) {
    return asOf == other.asOf
        && isLate == other.isLate
        && eventId.equals(other.eventId)
        && profileId.equals(other.profileId)
        && Arrays.equals(vector, other.vector);
  }
}
