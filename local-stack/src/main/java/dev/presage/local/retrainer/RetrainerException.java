package dev.presage.local.retrainer;

/** The retrainer refused what it was asked for; the message is its own. */
public final class RetrainerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  RetrainerException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The HTTP status of the answer. */
  public int status() {
    return status;
  }
}
