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
    if (bits > PEEKED) {
      long low = readBits(PEEKED);
      return low | readBits(bits - PEEKED) << PEEKED;
    }
    if (end - position < bits) {
      throw corrupt("it ends too early");
    }
    long value = peek() & ((1L << bits) - 1);
    position += bits;
    return value;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Returns the index of the next bit. */
  int position() {
    return (int) position;
  }

  /** Goes on with the bit at an index. */
  void moveTo(int bit) {
    position = bit;
  }

  /** Reads what {@link BitWriter#writeNatural} wrote. */
  long readNatural() {
    return readBelowTop(readUnary());
  }

  /** Reads what {@link BitWriter#writeNumber} wrote. */
  long readNumber(LengthContext context) {
    long ahead = peek();
    int distance = Long.numberOfTrailingZeros(ahead);
    int length = length(context.expected(), distance);
    int below = Math.max(0, length - 1);
    int all = distance + 1 + below;
    if (all <= PEEKED && length >= 0 && end - position >= all) {
      position += all;
      context.add(length);
      long top = (length == 0 ? 0L : 1L) << below;
      return top | ((ahead >>> (distance + 1)) & ((1L << below) - 1));
    }
    length = length(context.expected(), readUnary());
    if (length < 0) {
      throw corrupt("a number has a negative length");
    }
    long value = readBelowTop(length);
    context.add(length);
    return value;
  }

  /**
   * Reads numbers in a row, as {@link #readNumber} does.
   *
   * @param into where they go, the last of them to index 0
   * @param size how many there are
   */
  void readNumbers(long[] into, int size, LengthContext context) {
    int i = size - 1;
    if (i >= 0) {
      into[i--] = readNumber(context);
    }
    // The same in variables, which takes half the time.
    long at = position;
    int mean = context.mean();
    while (i >= 0) {
      int index = (int) (at >>> 3);
      if (index + Long.BYTES <= bytes.length) {
        long ahead = (long) LONGS.get(bytes, index) >>> (at & 7);
        int distance = Long.numberOfTrailingZeros(ahead);
        int length = length(LengthContext.expected(mean), distance);
        int below = length - 1;
        if (distance + 1 + below <= PEEKED && length > 0) {
          at += distance + 1 + below;
          mean = LengthContext.meanAfter(mean, length);
          into[i--] = 1L << below | ((ahead >>> (distance + 1)) & ((1L << below) - 1));
          continue;
        }
      }
      position = at;
      context.mean(mean);
      into[i--] = readNumber(context);
      at = position;
      mean = context.mean();
    }
    position = at;
    context.mean(mean);
  }

  private static int length(int expected, int distance) {
    // The distances are 0, -1, 1, -2, 2, ….
    return expected + ((distance >> 1) ^ -(distance & 1));
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
