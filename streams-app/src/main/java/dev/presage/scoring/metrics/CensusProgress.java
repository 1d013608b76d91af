package dev.presage.scoring.metrics;

/**
 * How far the census of a partition has come.
 *
 * @param profiles that it has come past since the partition, or a trait, was taken up
 * @param isComplete whether it has come to its end
 */
public record CensusProgress(long profiles, boolean isComplete) {
  /** Of a partition that has just been taken up. */
  public static final CensusProgress NONE = new CensusProgress(0, false);
}
