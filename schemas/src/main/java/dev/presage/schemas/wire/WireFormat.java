package dev.presage.schemas.wire;

import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Confluent's wire format.
 *
 * <pre>
 *  0        1                 5
 *  +--------+-----------------+---------------------
 *  | magic  | schema ID       | Avro binary
 *  | 0x00   | int, big-endian | of the writer's schema
 *  +--------+-----------------+---------------------
 * </pre>
 */
final class WireFormat {
  static final byte MAGIC = 0;
  static final int SCHEMA_ID_OFFSET = 1;
  static final int HEADER_LENGTH = SCHEMA_ID_OFFSET + Integer.BYTES;

  private WireFormat() {}

  /**
   * The schema ID of a record.
   *
   * @throws SerializationException when the bytes do not begin as the format says
   */
  static int schemaId(byte[] bytes) {
    if (bytes.length < HEADER_LENGTH) {
      throw new SerializationException(
          "Not in the Confluent wire format: "
              + bytes.length
              + " bytes, expected at least "
              + HEADER_LENGTH);
    }
    if (bytes[0] != MAGIC) {
      throw new SerializationException(
          "Not in the Confluent wire format: first byte is " + bytes[0] + ", expected " + MAGIC);
    }
    int id = ByteBuffer.wrap(bytes).getInt(SCHEMA_ID_OFFSET);
    if (id < 1) {
      throw new SerializationException(
          "Not in the Confluent wire format: schema ID is " + id + ", expected a positive one");
    }
    return id;
  }
}
