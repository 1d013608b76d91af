package dev.presage.scoring.quality;

/**
 * A shadow or canary beside the live model.
 *
 * @param version of the shadow or canary
 * @param liveVersion the version that it is compared with
 * @param pairs how many vectors both scored
 * @param meanAbsoluteDifference of their scores
 * @param sampledPairs how many of these vectors the next two are of
 * @param changedBands share of the vectors whose band differs
 * @param rankCorrelation Spearman's, of the scores; NaN where all of one model are the same
 */
public record ChallengerFigures(
    String version,
    String liveVersion,
    long pairs,
    double meanAbsoluteDifference,
    long sampledPairs,
    double changedBands,
    double rankCorrelation) {}
