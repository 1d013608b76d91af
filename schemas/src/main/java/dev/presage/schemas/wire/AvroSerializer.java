package dev.presage.schemas.wire;

import dev.presage.schemas.registry.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Writes generated classes; Kafka Streams shares one instance among its threads. */
final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {
  private static final int INITIAL_BUFFER_BYTES = 512;
  private static final int LARGEST_KEPT_BUFFER_BYTES = 1 << 20;

  private final SchemaRegistry registry;
  private final Map<String, Integer> ids = new ConcurrentHashMap<>();
  private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

  AvroSerializer(SchemaRegistry registry) {
    GeneratedClasses.trust();
    this.registry = registry;
  }

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable T value) {
    if (value == null) {
      return null;
    }
    Integer id = ids.get(topic);
    if (id == null) {
      id = registry.register(topic + "-value", value.getSchema());
      ids.put(topic, id);
    }
    Scratch buffers = scratch.get();
    try {
      return buffers.write(id, value);
    } catch (IOException | RuntimeException e) {
      throw new SerializationException(
          "Cannot write a " + value.getSchema().getFullName() + " for topic " + topic, e);
    } finally {
      if (buffers.bytes.capacity() > LARGEST_KEPT_BUFFER_BYTES) {
        scratch.remove();
      }
    }
  }

  @Override
  public void close() {
    scratch.remove();
  }

  private static final class Scratch {
    private final Buffer bytes = new Buffer();
    private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    private @Nullable Schema schema;
    private @Nullable DatumWriter<Object> writer;

    byte[] write(int id, SpecificRecord value) throws IOException {
      bytes.reset();
      bytes.write(WireFormat.MAGIC);
      for (int shift = 24; shift >= 0; shift -= 8) {
        bytes.write(id >>> shift);
      }
      DatumWriter<Object> current = writer;
      if (current == null || !value.getSchema().equals(schema)) {
        schema = value.getSchema();
        current = new SpecificDatumWriter<>(schema, SpecificData.getForSchema(schema));
        writer = current;
      }
      current.write(value, encoder);
      return bytes.toByteArray();
    }
  }

  private static final class Buffer extends ByteArrayOutputStream {
    Buffer() {
      super(INITIAL_BUFFER_BYTES);
    }

    int capacity() {
      return buf.length;
    }
  }
}
