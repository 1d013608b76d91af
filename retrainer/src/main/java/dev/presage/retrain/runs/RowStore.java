package dev.presage.retrain.runs;

import java.util.Optional;

/** Where the rows of runs are kept, for people. */
@FunctionalInterface
public interface RowStore {
  /** Nowhere. */
  RowStore NONE = rows -> Optional.empty();

  /**
   * Keeps the rows of a run.
   *
   * @return where they are; nothing where they are not kept
   * @throws RowStoreException when they cannot be
   */
  Optional<String> keep(TrainedRows rows);

  /** Rows cannot be kept. */
  final class RowStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says where, why and what to do. */
    public RowStoreException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
