package dev.presage.retrain.registry;

/** There is no such trait, version, or version to go back to; the message says what there is. */
public final class UnknownModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what there is instead. */
  public UnknownModelException(String message) {
    super(message);
  }
}
