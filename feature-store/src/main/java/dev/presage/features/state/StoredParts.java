package dev.presage.features.state;

import java.nio.ByteBuffer;
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
 *   varint: 7 bits a byte, the lowest first
 *   generation: number of the body; a head counts only while the body has the same one, so that a
 *               new body needs no change of the head
 *   writes, spent: records written and their bytes since the body, both included; see CachedProfile
 * }</pre>
 */
final class StoredParts {
  private static final byte VERSION = 1;
  private static final int LARGEST_VARINT_BYTES = 10;

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
    ByteBuffer body = readVersion(storedBody);
    long generation = Varints.read(body);
    if (storedHead != null) {
      ByteBuffer head = readVersion(storedHead);
      if (Varints.read(head) == generation) {
        int writes = (int) Varints.read(head);
        long spent = Varints.read(head);
        return new StoredParts(generation, writes, spent, rest(body), rest(head));
      }
    }
    return new StoredParts(generation, 1, storedBody.length, rest(body), null);
  }

  static long generation(byte[] storedBody) {
    return Varints.read(readVersion(storedBody));
  }

  static byte[] writeBody(long generation, byte[] body) {
    ByteBuffer out = ByteBuffer.allocate(1 + LARGEST_VARINT_BYTES + body.length);
    out.put(VERSION);
    Varints.write(generation, out);
    return written(out.put(body));
  }

  static byte[] writeHead(long generation, int writes, long spent, byte[] head) {
    ByteBuffer out = ByteBuffer.allocate(1 + 3 * LARGEST_VARINT_BYTES + head.length);
    out.put(VERSION);
    Varints.write(generation, out);
    Varints.write(writes, out);
    Varints.write(spent, out);
    return written(out.put(head));
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

  static boolean isBody(Bytes storeKey) {
    byte[] bytes = storeKey.get();
    return bytes.length > 0 && bytes[bytes.length - 1] == BODY;
  }

  static byte[] profileKey(Bytes storeKey) {
    byte[] bytes = storeKey.get();
    return Arrays.copyOf(bytes, bytes.length - 1);
  }

  private static Bytes part(Bytes key, byte part) {
    byte[] profile = key.get();
    byte[] bytes = Arrays.copyOf(profile, profile.length + 1);
    bytes[profile.length] = part;
    return Bytes.wrap(bytes);
  }

  private static ByteBuffer readVersion(byte[] value) {
    ByteBuffer in = ByteBuffer.wrap(value);
    int version = value.length == 0 ? 0 : in.get();
    if (version != VERSION) {
      throw new CorruptStateException(
          "the version of its parts is " + version + ", this release reads " + VERSION, 0);
    }
    return in;
  }

  private static byte[] rest(ByteBuffer in) {
    byte[] rest = new byte[in.remaining()];
    in.get(rest);
    return rest;
  }

  private static byte[] written(ByteBuffer out) {
    return rest(out.flip());
  }
}
