package dev.presage.features.state;

import java.nio.ByteBuffer;

/**
 * Numbers in as many bytes as they need: 7 bits in each, the lowest first, and whether more follow.
 */
public final class Varints {
  private Varints() {}

  /** Writes a number, as if it had no sign; at most 10 bytes. */
  public static void write(long value, ByteBuffer out) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws CorruptStateException where the number has no end
   */
  public static long read(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE && in.hasRemaining(); shift += 7) {
      byte part = in.get();
      value |= (long) (part & 0x7F) << shift;
      if (part >= 0) {
        return value;
      }
    }
    throw new CorruptStateException("a number has no end", in.position());
  }
}
