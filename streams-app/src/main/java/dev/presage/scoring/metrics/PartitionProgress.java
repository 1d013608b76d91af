package dev.presage.scoring.metrics;

/**
 * How far a partition has come with what it does beside events.
 *
 * @param clockMillis the time that it has reached, in milliseconds since 1970; 0 while there is
 *     none
 * @param isUpToTime whether every profile that is due has been looked at, and what followed from
 *     that was committed
 * @param rulesHash the content of the rules that the sweep is for
 * @param isSwept whether the sweep has come to its end
 * @param swept profiles that it has come past
 */
public record PartitionProgress(
    long clockMillis, boolean isUpToTime, long rulesHash, boolean isSwept, long swept) {
  /** Of a partition that has just been taken up. */
  public static final PartitionProgress NONE = new PartitionProgress(0, false, 0, false, 0);

  /** The same, with profiles to look at. */
  public PartitionProgress behind() {
    return new PartitionProgress(clockMillis, false, rulesHash, isSwept, swept);
  }
}
