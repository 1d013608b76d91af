package dev.presage.local.explain;

/** The streams application did not answer what it was asked for; the message says why. */
public final class ProfilesException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  ProfilesException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The HTTP status of the answer. */
  public int status() {
    return status;
  }
}
