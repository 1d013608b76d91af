package dev.presage.retrain.runs;

/** Hears how far a run is. */
@FunctionalInterface
public interface RunProgress {
  /**
   * The run is further than before.
   *
   * @param step what is under way, for people
   * @param done share of the whole run in [0, 1]
   * @throws java.util.concurrent.CancellationException when the run is to end
   */
  void report(RunState state, String step, double done);
}
