package dev.presage.local.connection;

/** Something that should be running does not answer; the message names it and its address. */
public final class UnreachableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says what does not answer. */
  public UnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
