package dev.presage.local.connection;

/** There is no such topic; the message names those that there are. */
public final class UnknownTopicException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnknownTopicException(String message) {
    super(message);
  }
}
