package dev.presage.local.process;

import org.jspecify.annotations.Nullable;

/** A child process did not do what it was started for. */
public final class ChildProcessException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ChildProcessException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
