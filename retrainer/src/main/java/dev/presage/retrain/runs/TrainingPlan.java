package dev.presage.retrain.runs;

import java.time.Duration;

/**
 * What a run may cost, and what it refuses to learn from.
 *
 * @param threads threads of the library that grows trees, at least 1
 * @param work most work of the search for parameters: trees times the rows that each is grown on,
 *     at least 1
 * @param mostNegatives most negatives for each positive that models are trained on, at least 1
 * @param leakAuc area under the curve above which a single feature is taken for one that knows the
 *     outcome, in (0.5, 1]; 1: none is
 * @param longest a run that takes longer fails
 */
public record TrainingPlan(
    int threads, long work, int mostNegatives, double leakAuc, Duration longest) {
  public TrainingPlan {
    if (threads < 1 || work < 1 || mostNegatives < 1) {
      throw new IllegalArgumentException(
          "There are %d threads, %d work, %d negatives for each positive; expected at least 1 of each"
              .formatted(threads, work, mostNegatives));
    }
    if (!(leakAuc > 0.5 && leakAuc <= 1)) {
      throw new IllegalArgumentException(
          "A feature is leaking above an AUC of " + leakAuc + "; expected one in (0.5, 1]");
    }
    if (longest.toMillis() < 1) {
      throw new IllegalArgumentException("A run may take " + longest + "; expected at least 1 ms");
    }
  }

  /** All processors, 60 million trees times rows, 20 negatives for each positive, 6 hours. */
  public static TrainingPlan standard() {
    return new TrainingPlan(
        Runtime.getRuntime().availableProcessors(), 60_000_000, 20, 0.99, Duration.ofHours(6));
  }
}
