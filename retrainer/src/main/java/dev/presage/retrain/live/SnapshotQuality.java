package dev.presage.retrain.live;

/**
 * How well what consumers held at snapshots ranked those to whom the target happened within the
 * horizon after it, beside simpler ways to rank the same profiles. All figures are areas under the
 * receiver operating characteristic, pooled over the snapshots; NaN where not both outcomes are
 * there.
 *
 * @param trait the trait
 * @param snapshots number of snapshots
 * @param rows eligible profiles that a value was held of, each snapshot counted
 * @param positives those of them to whom the target happened
 * @param withoutValue eligible profiles that no value was held of, each snapshot counted; they are
 *     in none of the figures
 * @param auc of the values that were held
 * @param recencyAuc of the time since the target happened last, the shortest first
 * @param bestFeature the single feature that ranks these very rows best, in either direction; empty
 *     where none tells them apart
 * @param bestFeatureAuc of that feature
 * @param withoutSilenceAuc of what had been held without updates of silence
 */
public record SnapshotQuality(
    String trait,
    long snapshots,
    long rows,
    long positives,
    long withoutValue,
    double auc,
    double recencyAuc,
    String bestFeature,
    double bestFeatureAuc,
    double withoutSilenceAuc) {}
