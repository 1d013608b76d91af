package dev.presage.schemas.registry;

/** The registry answered that it knows no schema of this ID; trying again does not help. */
public final class UnknownSchemaException extends RegistryException {
  private static final long serialVersionUID = 1L;

  UnknownSchemaException(int id, String registry) {
    super("The registry at " + registry + " knows no schema with ID " + id, null, false);
  }
}
