package dev.presage.retrain.baseline;

/**
 * A single feature and how well it ranks rows.
 *
 * @param name name of the feature
 * @param index its place in the vector
 * @param auc area under the receiver operating characteristic, in the direction that ranks better,
 *     in [0.5, 1]
 */
public record RankedFeature(String name, int index, double auc) {}
