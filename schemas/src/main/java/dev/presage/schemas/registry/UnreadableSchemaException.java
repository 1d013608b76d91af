package dev.presage.schemas.registry;

/** The registry holds something under this ID that is not Avro; trying again does not help. */
public final class UnreadableSchemaException extends RegistryException {
  private static final long serialVersionUID = 1L;

  UnreadableSchemaException(String message) {
    super(message, null, false);
  }

  UnreadableSchemaException(String message, Throwable cause) {
    super(message, cause, false);
  }
}
