package dev.presage.retrain.files;

import dev.presage.retrain.history.HistoryException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * Copies the columns of Avro files that a source uses into a table, as the database does not read
 * Avro. A column is a field, or with dots a field of a record or an entry of a map in a field.
 */
final class AvroStage {
  private final String table;
  private final List<String> columns;
  private final List<Type> types;

  private enum Type {
    BOOLEAN,
    BIGINT,
    DOUBLE,
    TIMESTAMP,
    VARCHAR
  }

  private AvroStage(String table, List<String> columns, List<Type> types) {
    this.table = table;
    this.columns = columns;
    this.types = types;
  }

  /** Fills a table that it makes. */
  static void fill(Database database, String table, List<Path> files, Collection<String> columns)
      throws SQLException {
    List<String> distinct = columns.stream().distinct().toList();
    AvroStage stage = null;
    for (Path file : files) {
      try (DataFileReader<GenericRecord> reader =
          new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
        if (stage == null) {
          stage = make(database, table, distinct, reader.getSchema(), file);
        }
        try (DuckDBAppender appender = database.appender(table)) {
          for (GenericRecord record : reader) {
            stage.append(record, appender);
          }
        }
      } catch (IOException | AvroRuntimeException | ClassCastException e) {
        throw new HistoryException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
      }
    }
  }

  private static AvroStage make(
      Database database, String table, List<String> columns, Schema schema, Path file)
      throws SQLException {
    List<Type> types = new ArrayList<>();
    for (String column : columns) {
      types.add(type(schema, column, file));
    }
    List<String> declared = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      declared.add(Database.name(columns.get(i)) + " " + types.get(i));
    }
    database.run("CREATE TABLE %s (%s)".formatted(table, String.join(", ", declared)));
    return new AvroStage(table, columns, types);
  }

  private static Type type(Schema record, String column, Path file) {
    Schema schema = record;
    for (String step : column.split("\\.", -1)) {
      schema = present(schema);
      if (schema.getType() == Schema.Type.MAP) {
        schema = schema.getValueType();
      } else if (schema.getType() == Schema.Type.RECORD && schema.getField(step) != null) {
        schema = schema.getField(step).schema();
      } else {
        throw new HistoryException(
            "%s has no field %s; there are %s"
                .formatted(
                    file,
                    column,
                    record.getFields().stream()
                        .map(Schema.Field::name)
                        .collect(Collectors.joining(", "))));
      }
    }
    Schema value = present(schema);
    LogicalType logical = value.getLogicalType();
    if (logical != null && logical.getName().startsWith("timestamp-")) {
      return Type.TIMESTAMP;
    }
    return switch (value.getType()) {
      case BOOLEAN -> Type.BOOLEAN;
      case INT, LONG -> Type.BIGINT;
      case FLOAT, DOUBLE -> Type.DOUBLE;
      default -> Type.VARCHAR;
    };
  }

  /** What a union with null is besides; a union of several kinds stays one. */
  private static Schema present(Schema schema) {
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    List<Schema> others =
        schema.getTypes().stream().filter(it -> it.getType() != Schema.Type.NULL).toList();
    return others.size() == 1 ? others.getFirst() : schema;
  }

  private void append(GenericRecord record, DuckDBAppender appender) throws SQLException {
    appender.beginRow();
    for (int i = 0; i < columns.size(); i++) {
      Schema[] schema = {record.getSchema()};
      Object value = value(record, columns.get(i), schema);
      if (value == null) {
        appender.appendNull();
      } else {
        append(value, types.get(i), schema[0], appender);
      }
    }
    appender.endRow();
  }

  private static @Nullable Object value(GenericRecord record, String column, Schema[] schema) {
    Object value = record;
    for (String step : column.split("\\.", -1)) {
      if (value instanceof GenericRecord within) {
        Schema.Field field = within.getSchema().getField(step);
        value = field == null ? null : within.get(field.pos());
        schema[0] = field == null ? schema[0] : present(field.schema());
      } else if (value instanceof Map<?, ?> map) {
        value = map.get(new Utf8(step));
      } else {
        return null;
      }
    }
    return value;
  }

  private void append(Object value, Type type, Schema schema, DuckDBAppender appender)
      throws SQLException {
    switch (type) {
      case BOOLEAN -> appender.append((boolean) (Boolean) value);
      case BIGINT -> appender.append(((Number) value).longValue());
      case DOUBLE -> appender.append(((Number) value).doubleValue());
      case TIMESTAMP -> appender.appendEpochMicros(micros(((Number) value).longValue(), schema));
      case VARCHAR -> appender.append(text(value));
      default -> throw new IllegalStateException(table);
    }
  }

  private static long micros(long value, Schema schema) {
    LogicalType logical = schema.getLogicalType();
    String name = logical == null ? "" : logical.getName();
    return switch (name) {
      case "timestamp-micros" -> value;
      case "timestamp-nanos" -> Math.floorDiv(value, 1_000L);
      default -> Math.multiplyExact(value, 1_000L);
    };
  }

  private static String text(Object value) {
    return value instanceof Double number
        ? new BigDecimal(number.toString()).toPlainString()
        : value.toString();
  }
}
