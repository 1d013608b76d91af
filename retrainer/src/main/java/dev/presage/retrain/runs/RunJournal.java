package dev.presage.retrain.runs;

/** Where runs are written down, so that they outlive the process. Thread-safe. */
public interface RunJournal extends AutoCloseable {
  /** Writes nothing down. */
  RunJournal NONE =
      new RunJournal() {
        @Override
        public void write(RunStatus run) {
          // Nobody reads it.
        }

        @Override
        public void forget(RunStatus run) {
          // It was never written.
        }

        @Override
        public void close() {
          // Nothing is open.
        }
      };

  /** Writes down where a run is now. Returns at once; records keep their order. */
  void write(RunStatus run);

  /** Takes back what was written of a run. */
  void forget(RunStatus run);

  /** Writes what it has, and lets go of what it holds. */
  @Override
  void close();
}
