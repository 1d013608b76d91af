package dev.presage.schemas.wire;

import dev.presage.schemas.registry.SchemaRegistry;
import dev.presage.schemas.registry.UnknownSchemaException;
import dev.presage.schemas.registry.UnreadableSchemaException;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads any Avro record with the schema that it was written with, for tools that show records. */
public final class GenericAvroDeserializer implements Deserializer<GenericRecord> {
  private final SchemaRegistry registry;

  /** Reads with the schemas of a registry. */
  public GenericAvroDeserializer(SchemaRegistry registry) {
    this.registry = registry;
  }

  @Override
  public @Nullable GenericRecord deserialize(String topic, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    int id = WireFormat.schemaId(bytes);
    try {
      Schema schema = registry.byId(id);
      return new GenericDatumReader<GenericRecord>(schema)
          .read(
              null,
              DecoderFactory.get()
                  .binaryDecoder(
                      bytes,
                      WireFormat.HEADER_LENGTH,
                      bytes.length - WireFormat.HEADER_LENGTH,
                      null));
    } catch (UnknownSchemaException | UnreadableSchemaException e) {
      throw new SerializationException(e.getMessage(), e);
    } catch (IOException | ClassCastException | org.apache.avro.AvroRuntimeException e) {
      throw new SerializationException("Not a readable record of schema " + id, e);
    }
  }
}
