package dev.presage.retrain.evaluation;

/**
 * Where a figure lies, with a confidence of 95%.
 *
 * @param low 2.5% of the resamples are below
 * @param high 2.5% of the resamples are above
 */
public record Interval(double low, double high) {
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "An interval ends where it begins or later, here it is from %s to %s"
              .formatted(low, high));
    }
  }
}
