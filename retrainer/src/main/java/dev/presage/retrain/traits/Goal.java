package dev.presage.retrain.traits;

/**
 * What comes of a profile within the horizon, in terms of {@link Trait#marks}.
 *
 * @param steps how many events make the target, from 1 to {@link #MOST_STEPS}; the event of step i
 *     has the bit i
 * @param ordered whether they must happen in order, each later than the one before
 * @param absent whether it is foretold that the target is not reached
 * @param canFail whether silence is not failure: a profile that has neither reached the target nor
 *     failed has no label
 * @param failsAfterMillis silence of so long is failure all the same; {@link Long#MAX_VALUE} where
 *     it never is
 */
public record Goal(
    int steps, boolean ordered, boolean absent, boolean canFail, long failsAfterMillis) {
  /** Most events that make a target. */
  public static final int MOST_STEPS = 16;

  /** The mark of an event by which a profile fails. */
  public static final int FAILURE = 1 << MOST_STEPS;

  /** A single event. */
  public static final Goal ONE_EVENT = new Goal(1, false, false, false, Long.MAX_VALUE);

  public Goal {
    if (steps < 1 || steps > MOST_STEPS || failsAfterMillis < 1) {
      throw new IllegalArgumentException(
          "steps=%d must be from 1 to %d, failsAfterMillis=%d at least 1"
              .formatted(steps, MOST_STEPS, failsAfterMillis));
    }
  }

  /** The marks of all steps. */
  public int allSteps() {
    return (1 << steps) - 1;
  }
}
