package dev.presage.features.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads the forms that {@link BitWriter} writes, and trusts none of them. */
final class BitReader {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Has nothing to read. */
  static final BitReader NOTHING = new BitReader(new byte[0]);

  /** So many bits of what is peeked at are there, wherever in a byte it begins. */
  private static final int PEEKED = 57;

  private final byte[] bytes;
  private final long end;
  private long position;

  BitReader(byte[] bytes) {
    this.bytes = bytes;
    this.end = 8L * bytes.length;
  }

  boolean readBit() {
    return readBits(1) != 0;
  }

  /**
   * @param bits from 0 to 64
   */
  long readBits(int bits) {
    if (bits > 32) {
      long low = readBits(32);
      return low | readBits(bits - 32) << 32;
    }
    if (end - position < bits) {
      throw corrupt("it ends too early");
    }
    long value = peek() & ((1L << bits) - 1);
    position += bits;
    return value;
  }

  /** Reads what {@link BitWriter#writeNatural} wrote. */
  long readNatural() {
    return readBelowTop(readUnary());
  }

  /** Reads what {@link BitWriter#writeNumber} wrote. */
  long readNumber(LengthContext context) {
    long ahead = peek();
    int distance = Long.numberOfTrailingZeros(ahead);
    int length = length(context, distance);
    int all = distance + 1 + Math.max(0, length - 1);
    if (all <= PEEKED && length > 0 && end - position >= all) {
      position += all;
      context.add(length);
      long below = (ahead >>> (distance + 1)) & ((1L << (length - 1)) - 1);
      return 1L << (length - 1) | below;
    }
    length = length(context, readUnary());
    if (length < 0) {
      throw corrupt("a number has a negative length");
    }
    long value = readBelowTop(length);
    context.add(length);
    return value;
  }

  private static int length(LengthContext context, int distance) {
    return context.expected() + ((distance & 1) == 0 ? distance >> 1 : -((distance + 1) >> 1));
  }

  /** Reads a number that is finite. */
  double readDouble(DoubleContext context) {
    if (!readBit()) {
      context.form(NumberForm.tagged((int) readBits(NumberForm.TAG_BITS)));
    }
    if (context.form() == NumberForm.RAW) {
      double value = Double.longBitsToDouble(readBits(Long.SIZE));
      if (!Double.isFinite(value)) {
        throw corrupt("a number is " + value);
      }
      return value;
    }
    long zigzag = readNumber(context.lengths());
    return context.form().value((zigzag >>> 1) ^ -(zigzag & 1));
  }

  /**
   * Reads a number of things that follow.
   *
   * @param max the greatest number that there can be
   * @param bitsEach the least number of bits that each has, so that no more is made room for than
   *     has come
   */
  int readCount(String of, int max, int bitsEach) {
    long count = readNatural();
    if (count < 0 || count > max || count * bitsEach > end - position) {
      throw corrupt("it cannot have " + Long.toUnsignedString(count) + " " + of);
    }
    return (int) count;
  }

  /** Says whether nothing is left but zeros up to the end of the byte. */
  boolean isAtEnd() {
    return end - position < 8 && (end == position || readBits((int) (end - position)) == 0);
  }

  CorruptStateException corrupt(String message) {
    return new CorruptStateException(message, (int) (position >>> 3));
  }

  private int readUnary() {
    int zeros = 0;
    while (true) {
      int run = Long.numberOfTrailingZeros(peek());
      if (run < PEEKED) {
        zeros += run;
        position += run + 1;
        break;
      }
      zeros += PEEKED;
      position += PEEKED;
      if (zeros > 2 * Long.SIZE || position >= end) {
        break;
      }
    }
    if (position > end || zeros > 2 * Long.SIZE) {
      position = Math.min(position, end);
      throw corrupt("it ends too early, or a number has more than 64 bits");
    }
    return zeros;
  }

  private long readBelowTop(int length) {
    if (length > Long.SIZE) {
      throw corrupt("a number has more than 64 bits");
    }
    return length == 0 ? 0 : 1L << (length - 1) | readBits(length - 1);
  }

  /** Returns the next bits, as if zeros followed the last byte. */
  private long peek() {
    int at = (int) (position >>> 3);
    int shift = (int) (position & 7);
    if (at + 8 <= bytes.length) {
      return (long) LONGS.get(bytes, at) >>> shift;
    }
    long value = 0;
    for (int i = bytes.length - 1; i >= at; i--) {
      value = value << 8 | (bytes[i] & 0xFF);
    }
    return value >>> shift;
  }
}
