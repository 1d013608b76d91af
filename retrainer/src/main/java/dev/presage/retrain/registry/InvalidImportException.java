package dev.presage.retrain.registry;

/** What was to be brought in is wrong; the message says what, where and how to mend it. */
public final class InvalidImportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidImportException(String message) {
    super(message);
  }

  InvalidImportException(String message, Throwable cause) {
    super(message, cause);
  }
}
