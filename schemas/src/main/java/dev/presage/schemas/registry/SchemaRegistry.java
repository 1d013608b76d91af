package dev.presage.schemas.registry;

import org.apache.avro.Schema;

/** A Confluent-compatible schema registry. Implementations are safe for use by many threads. */
public interface SchemaRegistry {

  /**
   * Connects to the registry that the configuration names. Nothing is sent before the first call;
   * answers are cached for the life of the client, as IDs never change their meaning.
   */
  static SchemaRegistry connect(RegistryConfig config) {
    return new CachingSchemaRegistry(new HttpSchemaRegistry(config));
  }

  /**
   * Registers a schema under a subject, or finds it there.
   *
   * @return the ID of the schema, positive
   * @throws IncompatibleSchemaException when the registry refuses the schema for this subject
   * @throws RegistryException when the registry cannot be reached or answers with an error
   */
  int register(String subject, Schema schema);

  /**
   * The schema of an ID.
   *
   * @throws UnknownSchemaException when the registry knows no such ID
   * @throws RegistryException when the registry cannot be reached or answers with an error
   */
  Schema byId(int id);

  /**
   * Whether a schema could be registered under a subject. A subject without versions takes any.
   *
   * @throws RegistryException when the registry cannot be reached or answers with an error
   */
  boolean isCompatible(String subject, Schema schema);
}
