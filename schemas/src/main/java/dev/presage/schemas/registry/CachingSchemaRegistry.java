package dev.presage.schemas.registry;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;

/**
 * Remembers what a registry answered. That an ID is unknown is remembered for a short time only, as
 * it may be registered meanwhile; other failures are not remembered.
 */
final class CachingSchemaRegistry implements SchemaRegistry {
  /** Hostile bytes can name any ID, but only IDs that exist are remembered. */
  private final ConcurrentMap<Integer, Schema> schemas = new ConcurrentHashMap<>();

  private final ConcurrentMap<SubjectSchema, Integer> ids = new ConcurrentHashMap<>();
  private final UnknownIds unknown;
  private final SchemaRegistry registry;

  CachingSchemaRegistry(SchemaRegistry registry) {
    this(registry, System::nanoTime);
  }

  CachingSchemaRegistry(SchemaRegistry registry, LongSupplier nanos) {
    this.registry = registry;
    this.unknown = new UnknownIds(nanos);
  }

  @Override
  public int register(String subject, Schema schema) {
    SubjectSchema key = new SubjectSchema(subject, schema);
    Integer known = ids.get(key);
    if (known == null) {
      known = registry.register(subject, schema);
      ids.put(key, known);
    }
    return known;
  }

  @Override
  public Schema byId(int id) {
    Schema known = schemas.get(id);
    if (known == null) {
      unknown.throwIfKnown(id);
      try {
        known = registry.byId(id);
      } catch (UnknownSchemaException e) {
        unknown.add(id, e);
        throw e;
      }
      schemas.put(id, known);
    }
    return known;
  }

  @Override
  public boolean isCompatible(String subject, Schema schema) {
    return registry.isCompatible(subject, schema);
  }

  private record SubjectSchema(String subject, Schema schema) {}
}
