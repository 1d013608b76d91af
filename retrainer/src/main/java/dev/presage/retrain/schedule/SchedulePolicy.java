package dev.presage.retrain.schedule;

/**
 * What makes a trait be trained again before its time.
 *
 * @param moderateDrift population stability index from which half of the cadence is enough
 * @param severeDrift the same from which nothing is waited for but the shortest cadence
 * @param leastExamples examples in service below which their drift and quality say nothing
 * @param growth of the history since the model was trained, as a share of what it was then, from
 *     which there is enough that is new
 */
public record SchedulePolicy(
    double moderateDrift, double severeDrift, long leastExamples, double growth) {

  /** Indexes of 0.10 and 0.25, as is customary; 1,000 examples; half as many events again. */
  public static final SchedulePolicy STANDARD = new SchedulePolicy(0.10, 0.25, 1_000, 0.5);

  /**
   * @throws IllegalArgumentException unless 0 &lt; moderate ≤ severe, and the others are positive
   */
  public SchedulePolicy {
    if (!(moderateDrift > 0) || !(severeDrift >= moderateDrift)) {
      throw new IllegalArgumentException(
          "Drift is moderate from %s and severe from %s; expected positive ones, the second not smaller"
              .formatted(moderateDrift, severeDrift));
    }
    if (leastExamples < 1 || !(growth > 0)) {
      throw new IllegalArgumentException(
          "At least %d examples and a growth of %s; expected positive ones"
              .formatted(leastExamples, growth));
    }
  }
}
