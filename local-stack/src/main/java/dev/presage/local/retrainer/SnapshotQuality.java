package dev.presage.local.retrainer;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How well what a consumer held once a week ranked all customers, silent ones included; areas under
 * the receiver operating characteristic, NaN where there are none.
 *
 * @param snapshots number of weekly looks
 * @param rows customers looked at, each time counted
 * @param positives how many of them were positive
 * @param withoutValue eligible customers that no value was held of, each time counted
 * @param auc of the values that were held
 * @param recencyAuc of the time since the last order
 * @param bestFeature the single feature that ranks best
 * @param bestFeatureAuc of that feature
 * @param withoutSilenceAuc of what had been held without updates of silence
 */
public record SnapshotQuality(
    long snapshots,
    long rows,
    long positives,
    long withoutValue,
    double auc,
    double recencyAuc,
    String bestFeature,
    double bestFeatureAuc,
    double withoutSilenceAuc) {

  static SnapshotQuality of(JsonNode quality) {
    return new SnapshotQuality(
        quality.path("snapshots").asLong(),
        quality.path("rows").asLong(),
        quality.path("positives").asLong(),
        quality.path("withoutValue").asLong(),
        Quality.number(quality, "auc"),
        Quality.number(quality, "recencyAuc"),
        quality.path("bestFeature").asText(),
        Quality.number(quality, "bestFeatureAuc"),
        Quality.number(quality, "withoutSilenceAuc"));
  }
}
