package dev.presage.features.state;

import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The records that a profile is stored as: one for its body, and one for its head unless nothing
 * came after the body.
 *
 * <pre>{@code
 * key                          value of a body
 * +----------------+--------+  +---------+------------+--------------------------+
 * | profile's key  | part   |  | version | generation | body, by ProfileFormat   |
 * |                | 1 byte |  | 1 byte  | varint     | to the end               |
 * +----------------+--------+  +---------+------------+--------------------------+
 *   part: 0 = body, 1 = head   value of a head
 *                              +---------+------------+--------+--------+----------------+
 *                              | version | generation | writes | spent  | head, by       |
 *                              | 1 byte  | varint     | varint | varint | ProfileFormat  |
 *                              +---------+------------+--------+--------+----------------+
 *   generation: number of the body; a head counts only while the body has the same one, so that a
 *               new body needs no change of the head
 *   writes, spent: records written and their bytes since the body, both included; see CachedProfileStore
 * }</pre>
 */
final class StoredParts {
  static final int VERSION = 1;

  private static final byte BODY = 0;
  private static final byte HEAD = 1;

  private final long generation;
  private final int writes;
  private final long spent;
  private final byte[] body;
  private final byte @Nullable [] head;

  private StoredParts(
      long generation, int writes, long spent, byte[] body, byte @Nullable [] head) {
    this.generation = generation;
    this.writes = writes;
    this.spent = spent;
    this.body = body;
    this.head = head;
  }

  /**
   * Reads what is stored; a head of another body is left out.
   *
   * @throws CorruptStateException where it cannot be read
   */
  static StoredParts read(byte[] storedBody, byte @Nullable [] storedHead) {
    ByteReader body = reader(storedBody);
    long generation = body.readVarint();
    if (storedHead != null) {
      ByteReader head = reader(storedHead);
      if (head.readVarint() == generation) {
        int writes = (int) head.readVarint();
        long spent = head.readVarint();
        return new StoredParts(generation, writes, spent, body.readRest(), head.readRest());
      }
    }
    return new StoredParts(generation, 1, storedBody.length, body.readRest(), null);
  }

  static long generation(byte[] storedBody) {
    return reader(storedBody).readVarint();
  }

  static byte[] writeBody(long generation, byte[] body) {
    ByteWriter out = new ByteWriter();
    out.writeByte(VERSION);
    out.writeVarint(generation);
    out.writeBytes(body);
    return out.toBytes();
  }

  static byte[] writeHead(long generation, int writes, long spent, byte[] head) {
    ByteWriter out = new ByteWriter();
    out.writeByte(VERSION);
    out.writeVarint(generation);
    out.writeVarint(writes);
    out.writeVarint(spent);
    out.writeBytes(head);
    return out.toBytes();
  }

  long generation() {
    return generation;
  }

  int writes() {
    return writes;
  }

  long spent() {
    return spent;
  }

  byte[] body() {
    return body;
  }

  byte @Nullable [] head() {
    return head;
  }

  static Bytes bodyKey(Bytes key) {
    return part(key, BODY);
  }

  static Bytes headKey(Bytes key) {
    return part(key, HEAD);
  }

  private static Bytes part(Bytes key, byte part) {
    byte[] profile = key.get();
    byte[] bytes = Arrays.copyOf(profile, profile.length + 1);
    bytes[profile.length] = part;
    return Bytes.wrap(bytes);
  }

  private static ByteReader reader(byte[] value) {
    ByteReader in = new ByteReader(value);
    int version = in.readByte();
    if (version != VERSION) {
      throw in.corrupt(
          "its version is " + version + ", this release reads versions up to " + VERSION);
    }
    return in;
  }
}
