package dev.presage.schemas.wire;

import dev.presage.schemas.registry.RegistryException;
import dev.presage.schemas.registry.SchemaRegistry;
import dev.presage.schemas.registry.UnknownSchemaException;
import dev.presage.schemas.registry.UnreadableSchemaException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads generated classes, whatever compatible schema wrote them.
 *
 * <p>A {@link SerializationException} says that these bytes can never be read; a {@link
 * RegistryException} says that the registry did not answer, so that the same bytes may be readable
 * later. The two must be told apart by whoever sends records to {@code dead-letters}.
 */
final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {
  private static final int LARGEST_KEPT_BYTES = 1 << 20;

  private final Class<T> type;
  private final SpecificData model;
  private final Schema readerSchema;
  private final SchemaRegistry registry;
  private final Map<Integer, DatumReader<T>> readers = new ConcurrentHashMap<>();

  // Not static: a deserializer lives as long as the process, and close() lets its decoder go.
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<@Nullable BinaryDecoder> decoders = new ThreadLocal<>();

  AvroDeserializer(Class<T> type, SchemaRegistry registry) {
    this.type = type;
    this.model = SpecificData.getForClass(type);
    this.readerSchema = model.getSchema(type);
    GeneratedClasses.trust();
    this.registry = registry;
  }

  @Override
  public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    int id = WireFormat.schemaId(bytes);
    DatumReader<T> reader = readers.get(id);
    if (reader == null) {
      reader = new SpecificDatumReader<>(writerSchema(id), readerSchema, model);
      readers.put(id, reader);
    }
    BinaryDecoder decoder =
        DecoderFactory.get()
            .binaryDecoder(
                bytes,
                WireFormat.HEADER_LENGTH,
                bytes.length - WireFormat.HEADER_LENGTH,
                decoders.get());
    decoders.set(decoder);
    try {
      T value = reader.read(null, decoder);
      if (!decoder.isEnd()) {
        throw new SerializationException(
            "Bytes are left over after a " + type.getSimpleName() + " of schema " + id);
      }
      return value;
    } catch (IOException | RuntimeException e) {
      if (e instanceof SerializationException known) {
        throw known;
      }
      throw new SerializationException(
          "Not a readable "
              + type.getSimpleName()
              + ": "
              + bytes.length
              + " bytes that claim schema "
              + id,
          e);
    } finally {
      if (bytes.length > LARGEST_KEPT_BYTES) {
        decoders.remove(); // It holds on to the bytes that it read last.
      }
    }
  }

  private Schema writerSchema(int id) {
    try {
      return registry.byId(id);
    } catch (UnknownSchemaException | UnreadableSchemaException e) {
      throw new SerializationException(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    decoders.remove();
  }
}
