package dev.presage.scoring.trigger;

import dev.presage.scoring.entity.EntityType;
import dev.presage.scoring.trigger.ProfileSends.Send;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the store of triggers keeps.
 *
 * <pre>
 *  key    length of the profile ID (2 bytes) │ profile ID, UTF-8 │ trigger, UTF-8;
 *         of other entity types than customers the ID begins with the type and a colon, and the
 *         first bit of the length is set
 *  value  version 1 (1 byte) │ for each send, oldest first:
 *         varint (millis since the one before &lt;&lt; 1 | holdout) │ first 64 bits of its ID
 * </pre>
 */
final class StoredSends {
  private static final byte VERSION = 1;
  private static final int OTHER_TYPE = 0x8000;
  private static final int LONGEST_ID = 0x7fff;
  private static final int MOST_SEND_BYTES = 10 + Long.BYTES;

  private StoredSends() {}

  /** Begins every key of a customer, and no other. */
  static byte[] prefix(String canonicalId) {
    return prefix(canonicalId, 0);
  }

  private static byte[] prefix(String text, int flag) {
    byte[] id = text.getBytes(StandardCharsets.UTF_8);
    if (id.length > LONGEST_ID) {
      throw new IllegalArgumentException(
          "A canonical ID of " + id.length + " bytes is longer than " + LONGEST_ID);
    }
    return ByteBuffer.allocate(Short.BYTES + id.length)
        .putShort((short) (id.length | flag))
        .put(id)
        .array();
  }

  static byte[] key(String entityType, String canonicalId, String trigger) {
    byte[] prefix =
        entityType.equals(EntityType.CUSTOMER.name())
            ? prefix(canonicalId)
            : prefix(entityType + ":" + canonicalId, OTHER_TYPE);
    byte[] name = trigger.getBytes(StandardCharsets.UTF_8);
    byte[] key = Arrays.copyOf(prefix, prefix.length + name.length);
    System.arraycopy(name, 0, key, prefix.length, name.length);
    return key;
  }

  /** The trigger that a key names. */
  static String trigger(byte[] key) {
    int from = Short.BYTES + (ByteBuffer.wrap(key).getShort() & LONGEST_ID);
    return new String(key, from, key.length - from, StandardCharsets.UTF_8);
  }

  static byte[] write(ProfileSends sends) {
    ByteBuffer bytes = ByteBuffer.allocate(1 + sends.all().size() * MOST_SEND_BYTES);
    bytes.put(VERSION);
    long before = 0;
    for (Send send : sends.all()) {
      writeVarint(bytes, ((send.timeMillis() - before) << 1) | (send.holdout() ? 1 : 0));
      bytes.putLong(send.id());
      before = send.timeMillis();
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  /**
   * Reads a value; none where there is no value.
   *
   * @throws IllegalStateException where it was written by a newer version
   */
  static ProfileSends read(byte @Nullable [] value) {
    if (value == null) {
      return ProfileSends.NONE;
    }
    ByteBuffer bytes = ByteBuffer.wrap(value);
    byte version = bytes.get();
    if (version != VERSION) {
      throw new IllegalStateException(
          "Sends of a trigger have layout %d; this version reads %d: upgrade"
              .formatted(version, VERSION));
    }
    List<Send> sends = new ArrayList<>();
    long time = 0;
    while (bytes.hasRemaining()) {
      long head = readVarint(bytes);
      time += head >>> 1;
      sends.add(new Send(time, bytes.getLong(), (head & 1) == 1));
    }
    return ProfileSends.of(sends);
  }

  private static void writeVarint(ByteBuffer bytes, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes.put((byte) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    bytes.put((byte) rest);
  }

  private static long readVarint(ByteBuffer bytes) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
