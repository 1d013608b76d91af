package dev.presage.retrain.training;

/** Hears how far a training is. */
@FunctionalInterface
public interface TrainingProgress {
  /**
   * A part is done.
   *
   * @param done in [0, 1], never less than before
   * @param step what is under way, for people
   */
  void report(double done, String step);
}
