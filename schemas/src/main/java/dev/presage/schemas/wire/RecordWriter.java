package dev.presage.schemas.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroTypeException;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * Writes records of one schema. What is to be done for each field is found out once, where Avro's
 * own writer asks the schema for every value; the bytes are the same. Immutable and thread-safe.
 *
 * <p>It knows what the contract's schemas have: everything but {@code fixed}, and of logical types
 * {@code timestamp-millis}.
 */
final class RecordWriter {

  private final Step step;

  private RecordWriter(Step step) {
    this.step = step;
  }

  /**
   * A writer of records of a schema.
   *
   * @throws IllegalArgumentException where the schema has a type that this does not know
   */
  static RecordWriter of(Schema schema) {
    return new RecordWriter(step(schema, new HashMap<>()));
  }

  /**
   * Writes a record.
   *
   * @throws AvroTypeException or another {@link RuntimeException} where it does not fit its schema
   */
  void write(IndexedRecord record, Encoder out) throws IOException {
    step.write(record, out);
  }

  /** Writes one value. */
  private interface Step {
    void write(Object value, Encoder out) throws IOException;
  }

  private static Step step(Schema schema, Map<String, RecordStep> records) {
    LogicalType logical = schema.getLogicalType();
    if (logical != null) {
      if (!logical.equals(LogicalTypes.timestampMillis())) {
        throw unknown(schema);
      }
      return (value, out) -> out.writeLong(((Instant) value).toEpochMilli());
    }
    return switch (schema.getType()) {
      case NULL -> (value, out) -> out.writeNull();
      case BOOLEAN -> (value, out) -> out.writeBoolean((Boolean) value);
      case INT -> (value, out) -> out.writeInt((Integer) value);
      case LONG -> (value, out) -> out.writeLong((Long) value);
      case FLOAT -> (value, out) -> out.writeFloat((Float) value);
      case DOUBLE -> (value, out) -> out.writeDouble((Double) value);
      case STRING -> (value, out) -> out.writeString((CharSequence) value);
      case BYTES -> (value, out) -> out.writeBytes((ByteBuffer) value);
      case ENUM -> (value, out) -> out.writeEnum(schema.getEnumOrdinal(value.toString()));
      case ARRAY -> array(step(schema.getElementType(), records));
      case MAP -> map(step(schema.getValueType(), records));
      case UNION -> union(schema.getTypes(), records);
      case RECORD -> record(schema, records);
      case FIXED -> throw unknown(schema);
    };
  }

  private static Step array(Step item) {
    return (value, out) -> {
      Collection<?> items = (Collection<?>) value;
      out.writeArrayStart();
      out.setItemCount(items.size());
      for (Object it : items) {
        out.startItem();
        item.write(it, out);
      }
      out.writeArrayEnd();
    };
  }

  private static Step map(Step item) {
    return (value, out) -> {
      Map<?, ?> entries = (Map<?, ?>) value;
      out.writeMapStart();
      out.setItemCount(entries.size());
      for (Map.Entry<?, ?> it : entries.entrySet()) {
        out.startItem();
        out.writeString((CharSequence) it.getKey());
        item.write(it.getValue(), out);
      }
      out.writeMapEnd();
    };
  }

  private static Step union(List<Schema> types, Map<String, RecordStep> records) {
    Step[] steps = types.stream().map(it -> step(it, records)).toArray(Step[]::new);
    Schema[] branches = types.toArray(Schema[]::new);
    return (value, out) -> {
      for (int i = 0; i < branches.length; i++) {
        if (takes(branches[i], value)) {
          out.writeIndex(i);
          steps[i].write(value, out);
          return;
        }
      }
      throw new AvroTypeException("No type of the union " + types + " takes " + value);
    };
  }

  private static boolean takes(Schema type, @Nullable Object value) {
    return switch (type.getType()) {
      case NULL -> value == null;
      case BOOLEAN -> value instanceof Boolean;
      case INT -> value instanceof Integer;
      case LONG -> type.getLogicalType() == null ? value instanceof Long : value instanceof Instant;
      case FLOAT -> value instanceof Float;
      case DOUBLE -> value instanceof Double;
      case STRING -> value instanceof CharSequence;
      case BYTES -> value instanceof ByteBuffer;
      case ARRAY -> value instanceof Collection;
      case MAP -> value instanceof Map;
      case ENUM, RECORD, FIXED ->
          value instanceof GenericContainer container
              && container.getSchema().getFullName().equals(type.getFullName());
      case UNION -> false;
    };
  }

  private static Step record(Schema schema, Map<String, RecordStep> records) {
    RecordStep known = records.get(schema.getFullName());
    if (known != null) {
      return known;
    }
    List<Schema.Field> fields = schema.getFields();
    RecordStep record = new RecordStep(new Step[fields.size()]);
    // Before its fields, one of which may be of the same type.
    records.put(schema.getFullName(), record);
    for (int i = 0; i < record.fields.length; i++) {
      record.fields[i] = step(fields.get(i).schema(), records);
    }
    return record;
  }

  private static IllegalArgumentException unknown(Schema schema) {
    return new IllegalArgumentException(
        "Records with a field of type " + schema + " are not written");
  }

  /** The fields of a record, in the order of its schema. */
  private static final class RecordStep implements Step {
    private final Step[] fields;

    RecordStep(Step[] fields) {
      this.fields = fields;
    }

    @Override
    public void write(Object value, Encoder out) throws IOException {
      IndexedRecord record = (IndexedRecord) value;
      for (int i = 0; i < fields.length; i++) {
        fields[i].write(record.get(i), out);
      }
    }
  }
}
