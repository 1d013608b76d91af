package dev.presage.schemas.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * A registry inside the process, for tests and for topologies that run without a network. Refuses
 * what is not FULL_TRANSITIVE compatible, which is what the build holds the schemas to.
 */
public final class InMemorySchemaRegistry implements SchemaRegistry {
  private final List<Schema> schemas = new ArrayList<>();
  private final Map<String, List<Schema>> subjects = new LinkedHashMap<>();

  @Override
  public synchronized int register(String subject, Schema schema) {
    if (!isCompatible(subject, schema)) {
      throw new IncompatibleSchemaException(subject, "not FULL_TRANSITIVE compatible");
    }
    List<Schema> versions = subjects.computeIfAbsent(subject, it -> new ArrayList<>());
    if (!versions.contains(schema)) {
      versions.add(schema);
    }
    if (!schemas.contains(schema)) {
      schemas.add(schema);
    }
    return schemas.indexOf(schema) + 1;
  }

  @Override
  public synchronized Schema byId(int id) {
    if (id < 1 || id > schemas.size()) {
      throw new UnknownSchemaException(id, "memory");
    }
    return schemas.get(id - 1);
  }

  @Override
  public synchronized boolean isCompatible(String subject, Schema schema) {
    return subjects.getOrDefault(subject, List.of()).stream()
        .allMatch(version -> canRead(version, schema) && canRead(schema, version));
  }

  private static boolean canRead(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType()
        == SchemaCompatibilityType.COMPATIBLE;
  }
}
