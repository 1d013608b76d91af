package dev.presage.retrain.training;

/**
 * How much is spent on the search for parameters. It is counted in work, not in time, so that the
 * same rows give the same model on every machine.
 *
 * @param sets parameter sets to try, at least 1
 * @param work most work: trees times the rows that each is grown on, at least 1
 * @param threads most threads of the library, at least 1; of few rows a tree is grown on one, as
 *     more of them would spend their time waiting for each other
 */
public record TreeSearch(int sets, long work, int threads) {
  private static final int WORTH_THREADS = 50_000;

  public TreeSearch {
    if (sets < 1 || work < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "A search has %d sets, %d work and %d threads; expected at least 1 of each"
              .formatted(sets, work, threads));
    }
  }

  /** Threads that grow trees on so many rows; the trees are the same on any number. */
  int threadsFor(int rows) {
    return rows < WORTH_THREADS ? 1 : threads;
  }
}
