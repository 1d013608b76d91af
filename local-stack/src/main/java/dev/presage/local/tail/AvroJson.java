package dev.presage.local.tail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Avro values as JSON for people: times in ISO 8601, unions without their branch. */
final class AvroJson {

  /** Longer bytes, a model say, are shown by their length. */
  private static final int LONGEST_SHOWN_BYTES = 256;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final Map<String, Function<Long, Instant>> TIMES =
      Map.of(
          "timestamp-millis",
          Instant::ofEpochMilli,
          "timestamp-micros",
          micros -> Instant.EPOCH.plusNanos(Math.multiplyExact(micros, 1_000)));

  private AvroJson() {}

  static JsonNode of(GenericRecord record) {
    return value(record.getSchema(), record);
  }

  private static JsonNode value(Schema schema, @Nullable Object value) {
    if (value == null) {
      return JSON.nullNode();
    }
    return switch (schema.getType()) {
      case UNION ->
          value(schema.getTypes().get(GenericData.get().resolveUnion(schema, value)), value);
      case RECORD -> object((GenericRecord) value);
      case MAP -> map(schema.getValueType(), (Map<?, ?>) value);
      case ARRAY -> array(schema.getElementType(), (Collection<?>) value);
      case LONG -> whole(schema.getLogicalType(), (Long) value);
      case INT -> JSON.numberNode((Integer) value);
      case FLOAT -> JSON.numberNode((Float) value);
      case DOUBLE -> JSON.numberNode((Double) value);
      case BOOLEAN -> JSON.booleanNode((Boolean) value);
      case BYTES -> bytes((ByteBuffer) value);
      default -> JSON.textNode(value.toString());
    };
  }

  private static JsonNode object(GenericRecord record) {
    ObjectNode object = JSON.objectNode();
    for (Schema.Field field : record.getSchema().getFields()) {
      object.set(field.name(), value(field.schema(), record.get(field.pos())));
    }
    return object;
  }

  private static JsonNode map(Schema values, Map<?, ?> map) {
    ObjectNode object = JSON.objectNode();
    map.forEach((key, value) -> object.set(key.toString(), value(values, value)));
    return object;
  }

  private static JsonNode array(Schema elements, Collection<?> values) {
    ArrayNode array = JSON.arrayNode();
    values.forEach(it -> array.add(value(elements, it)));
    return array;
  }

  private static JsonNode whole(@Nullable LogicalType logicalType, long value) {
    Function<Long, Instant> time = logicalType == null ? null : TIMES.get(logicalType.getName());
    return time == null ? JSON.numberNode(value) : JSON.textNode(time.apply(value).toString());
  }

  private static JsonNode bytes(ByteBuffer buffer) {
    if (buffer.remaining() > LONGEST_SHOWN_BYTES) {
      return JSON.textNode("(%d bytes)".formatted(buffer.remaining()));
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return JSON.textNode(Base64.getEncoder().encodeToString(bytes));
  }
}
