package dev.presage.local.installation;

/** The installation cannot be started or go on; the message says why and what to do. */
public final class InstallationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InstallationException(String message) {
    super(message);
  }

  InstallationException(String message, Throwable cause) {
    super(message, cause);
  }
}
