package dev.presage.local.play;

/** A line cannot become an event. */
final class BadLineException extends Exception {

  private static final long serialVersionUID = 1L;

  private final long line;

  BadLineException(long line, String message) {
    super(message);
    this.line = line;
  }

  /** Number of the line in its file, from 1. */
  long line() {
    return line;
  }
}
