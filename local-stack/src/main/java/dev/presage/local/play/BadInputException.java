package dev.presage.local.play;

/** A file cannot be played; the message names the file, the line where it is one, and the cure. */
public final class BadInputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BadInputException(String message) {
    super(message);
  }
}
