package dev.presage.schemas.registry;

import org.jspecify.annotations.Nullable;

/** The registry could not be reached, or answered with an error. */
public class RegistryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean retriable;

  RegistryException(String message, @Nullable Throwable cause, boolean retriable) {
    super(message, cause);
    this.retriable = retriable;
  }

  /**
   * Whether the same call may succeed later without anybody's doing: the registry could not be
   * reached, was overloaded or failed. Refused credentials, a wrong address, and schemas that are
   * unknown, unreadable or incompatible stay so until somebody mends them.
   */
  public final boolean isRetriable() {
    return retriable;
  }
}
