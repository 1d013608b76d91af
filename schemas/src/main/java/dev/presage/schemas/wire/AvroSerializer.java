package dev.presage.schemas.wire;

import dev.presage.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Writes generated classes; Kafka Streams shares one instance among its threads. */
final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {
  private static final int INITIAL_BUFFER_BYTES = 512;
  private static final int LARGEST_BUFFER_BYTES = Integer.MAX_VALUE - 8;
  private static final int LARGEST_KEPT_BUFFER_BYTES = 1 << 20;

  private final SchemaRegistry registry;
  private final boolean isRepeating;
  private final Map<String, Integer> ids = new ConcurrentHashMap<>();
  private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

  /**
   * @param isRepeating whether a value that comes again right away is as it was
   */
  AvroSerializer(SchemaRegistry registry, boolean isRepeating) {
    GeneratedClasses.trust();
    this.registry = registry;
    this.isRepeating = isRepeating;
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
      return isRepeating ? buffers.repeat(id, value) : buffers.write(id, value);
    } catch (IOException | RuntimeException e) {
      // The encoder holds the beginning of what cannot be written.
      scratch.remove();
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
    private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    private @Nullable Schema schema;
    private @Nullable RecordWriter writer;
    private @Nullable SpecificRecord last;

    @SuppressWarnings("ReferenceEquality") // What is equal may be another one that was changed.
    byte[] repeat(int id, SpecificRecord value) throws IOException {
      if (value == last) {
        bytes.address(id);
        return bytes.written();
      }
      byte[] written = write(id, value);
      last = value;
      return written;
    }

    byte[] write(int id, SpecificRecord value) throws IOException {
      bytes.begin(id);
      RecordWriter current = writer;
      if (current == null || !value.getSchema().equals(schema)) {
        schema = value.getSchema();
        current = RecordWriter.of(schema);
        writer = current;
      }
      current.write(value, encoder);
      encoder.flush();
      return bytes.written();
    }
  }

  /** A {@link java.io.ByteArrayOutputStream} of one thread, which has nothing to lock. */
  private static final class Buffer extends OutputStream {
    private byte[] bytes = new byte[INITIAL_BUFFER_BYTES];
    private int length;

    void begin(int schemaId) {
      bytes[0] = WireFormat.MAGIC;
      address(schemaId);
      length = WireFormat.HEADER_LENGTH;
    }

    void address(int schemaId) {
      ByteBuffer.wrap(bytes).putInt(WireFormat.SCHEMA_ID_OFFSET, schemaId);
    }

    @Override
    public void write(int one) {
      makeRoom(1);
      bytes[length++] = (byte) one;
    }

    @Override
    public void write(byte[] more, int offset, int count) {
      makeRoom(count);
      System.arraycopy(more, offset, bytes, length, count);
      length += count;
    }

    byte[] written() {
      return Arrays.copyOf(bytes, length);
    }

    int capacity() {
      return bytes.length;
    }

    private void makeRoom(int count) {
      int needed = Math.addExact(length, count);
      if (needed > bytes.length) {
        int doubled = (int) Math.min(2L * bytes.length, LARGEST_BUFFER_BYTES);
        bytes = Arrays.copyOf(bytes, Math.max(needed, doubled));
      }
    }
  }
}
