package dev.presage.retrain.history;

/** The history could not be read to its end. */
public final class HistoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says where it stopped and why. */
  public HistoryException(String message) {
    super(message);
  }

  /** Says where it stopped and why. */
  public HistoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
