package dev.presage.local.tail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.presage.schemas.registry.RegistryException;
import dev.presage.schemas.registry.SchemaRegistry;
import dev.presage.schemas.wire.GenericAvroDeserializer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka record as one JSON object: key, partition, offset, timestamp, headers where there are
 * some, and the value. A value that is not Avro is shown as {@code text} where it is UTF-8, else as
 * {@code base64}.
 */
final class RecordJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final GenericAvroDeserializer deserializer;

  RecordJson(SchemaRegistry registry) {
    this.deserializer = new GenericAvroDeserializer(registry);
  }

  /**
   * The record.
   *
   * @throws RegistryException when the registry cannot be asked
   */
  ObjectNode of(ConsumerRecord<byte[], byte[]> record) {
    ObjectNode object = JSON.objectNode();
    object.set("key", text(record.key()));
    object.put("partition", record.partition());
    object.put("offset", record.offset());
    object.put("timestamp", Instant.ofEpochMilli(record.timestamp()).toString());
    if (record.headers().iterator().hasNext()) {
      ObjectNode headers = object.putObject("headers");
      for (Header header : record.headers()) {
        headers.set(header.key(), text(header.value()));
      }
    }
    object.set("value", value(record));
    return object;
  }

  private JsonNode value(ConsumerRecord<byte[], byte[]> record) {
    try {
      GenericRecord value = deserializer.deserialize(record.topic(), record.value());
      return value == null ? JSON.nullNode() : AvroJson.of(value);
    } catch (SerializationException e) {
      JsonNode shown = text(record.value());
      return shown.isTextual() ? JSON.objectNode().set("text", shown) : shown;
    }
  }

  private static JsonNode text(byte @Nullable [] bytes) {
    if (bytes == null) {
      return JSON.nullNode();
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.chars().noneMatch(it -> it < ' ' && !Character.isWhitespace(it))) {
        return JSON.textNode(text);
      }
    } catch (CharacterCodingException e) {
      // Shown as base64, like text with control characters.
      return base64(bytes);
    }
    return base64(bytes);
  }

  private static JsonNode base64(byte[] bytes) {
    return JSON.objectNode().put("base64", Base64.getEncoder().encodeToString(bytes));
  }
}
