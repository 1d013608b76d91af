package dev.presage.features.state;

/** Bytes that are no state of a profile; the message says what is wrong at which byte. */
public final class CorruptStateException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  CorruptStateException(String message, int position) {
    super("not the state of a profile: " + message + " (at byte " + position + ")");
  }
}
