package dev.presage.retrain.schedule;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a trait that is watched.
 *
 * @param trainedAt when a run of it ended last, whatever came of it; null where none has
 * @param cadence how long it goes without training
 * @param live what is known of its live model; null where none is live
 */
public record Watched(@Nullable Instant trainedAt, Cadence cadence, @Nullable Live live) {

  /**
   * A live model in service.
   *
   * @param trainedOn length of the history when it was trained last; 0 where that is not known
   * @param length of the history now, in the same unit
   * @param drift how its population has moved; null where that is not known
   * @param quality what it is worth in service; null where that is not known
   */
  public record Live(
      long trainedOn, long length, @Nullable Drift drift, @Nullable Quality quality) {}

  /**
   * Population stability indexes against training.
   *
   * @param examples in service that they are of
   * @param scores of the scores
   * @param features of each feature that the model uses, by name
   */
  public record Drift(long examples, double scores, Map<String, Double> features) {
    public Drift {
      features = Map.copyOf(features);
    }
  }

  /**
   * Log loss in service beside that on held-out rows; of a value the root mean squared error.
   *
   * @param labelled examples in service whose horizon is over
   * @param inService the figure, the lower the better
   * @param heldOutHigh upper end of the interval of the same on held-out rows
   */
  public record Quality(long labelled, double inService, double heldOutHigh) {}
}
