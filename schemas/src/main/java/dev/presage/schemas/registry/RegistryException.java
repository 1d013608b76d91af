package dev.presage.schemas.registry;

import org.jspecify.annotations.Nullable;

/** The registry could not be reached, or answered with an error; trying again may help. */
public class RegistryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RegistryException(String message) {
    super(message);
  }

  RegistryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
