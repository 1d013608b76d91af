package dev.presage.scoring.metrics;

/**
 * How far a partition of customers has come with calls: with finding who receives what happened to
 * something else.
 *
 * @param pending calls for which not all profiles have been asked
 * @param passed profiles that were asked
 * @param isDone whether no call is pending, and what followed from all of them was committed
 */
public record CallProgress(long pending, long passed, boolean isDone) {
  /** Of a partition that has not been taken up. */
  public static final CallProgress NONE = new CallProgress(-1, 0, false);
}
