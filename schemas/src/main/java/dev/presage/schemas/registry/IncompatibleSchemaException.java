package dev.presage.schemas.registry;

/** The registry refused a schema for a subject; trying again does not help. */
public final class IncompatibleSchemaException extends RegistryException {
  private static final long serialVersionUID = 1L;

  IncompatibleSchemaException(String subject, String answer) {
    super(
        "The registry refuses the schema for subject "
            + subject
            + ": it does not fit the versions that are there; register it under another subject or"
            + " mend the schema. The registry says: "
            + answer,
        null,
        false);
  }
}
