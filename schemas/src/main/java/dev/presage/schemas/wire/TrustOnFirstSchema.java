package dev.presage.schemas.wire;

import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes.LogicalTypeFactory;
import org.apache.avro.Schema;

/**
 * A service that Avro loads when it parses its first schema, which every generated class does when
 * it is initialized. Being loaded is all that it is for: Avro offers no better moment at which a
 * library can have its own classes trusted.
 */
public final class TrustOnFirstSchema implements LogicalTypeFactory {

  /** Called by {@link java.util.ServiceLoader}. */
  public TrustOnFirstSchema() {
    GeneratedClasses.trust();
  }

  /** A name that no schema of the contract has. */
  @Override
  public String getTypeName() {
    return "presage-none";
  }

  @Override
  public LogicalType fromSchema(Schema schema) {
    throw new IllegalArgumentException("There is no logical type " + getTypeName());
  }
}
