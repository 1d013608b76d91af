package dev.presage.retrain.rows;

/**
 * An eligible profile at a snapshot.
 *
 * @param profileId the profile
 * @param asOf time of the snapshot, milliseconds since the epoch
 * @param vector its features as of then; not copied, so not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody, and there are many.
public record SnapshotRow(String profileId, long asOf, double[] vector) {}
