package dev.presage.retrain.live;

/**
 * A score that was served at the moment of an event.
 *
 * @param profileId the profile
 * @param asOf event time of the score, milliseconds since the epoch
 * @param score what the model said: a probability, or an amount
 * @param baselineFeature feature of the baseline of the model that scored
 * @param baselineScore what that baseline says of the same vector
 */
public record ServedScore(
    String profileId, long asOf, double score, String baselineFeature, double baselineScore) {}
