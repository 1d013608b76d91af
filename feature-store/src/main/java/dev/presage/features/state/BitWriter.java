package dev.presage.features.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Writes bits, the lowest first, in the forms that {@link ProfileCodec} draws. */
final class BitWriter {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** So many bits fit beside those that wait for their byte to fill. */
  private static final int AT_ONCE = 56;

  private static final int INITIAL = 1_024;
  private static final int MOST_KEPT = 64 << 10;

  private byte[] bytes = new byte[INITIAL];
  private int size;
  private long pending;
  private int pendingBits;

  /** Begins anew. */
  void clear() {
    size = 0;
    pending = 0;
    pendingBits = 0;
    if (bytes.length > MOST_KEPT) {
      bytes = new byte[INITIAL];
    }
  }

  void writeBit(boolean bit) {
    writeBits(bit ? 1 : 0, 1);
  }

  /**
   * Writes the lowest bits of a value.
   *
   * @param bits from 0 to 64
   */
  void writeBits(long value, int bits) {
    if (bits > AT_ONCE) {
      put(value & mask(AT_ONCE), AT_ONCE);
      put((value >>> AT_ONCE) & mask(bits - AT_ONCE), bits - AT_ONCE);
    } else {
      put(value & mask(bits), bits);
    }
  }

  /** Writes a number in as many bits as it has, with their number in front as zeros and a one. */
  void writeNatural(long value) {
    int length = length(value);
    writeUnaryAndRest(length, value, length);
  }

  /** Writes a number whose length is likely to be near those of the numbers before it. */
  void writeNumber(long value, LengthContext context) {
    int length = length(value);
    int distance = length - context.expected();
    writeUnaryAndRest(distance >= 0 ? 2 * distance : -2 * distance - 1, value, length);
    context.add(length);
  }

  /** Writes a double as {@link NumberForm} says. */
  void writeDouble(double value, DoubleContext context) {
    NumberForm form = NumberForm.of(value, context.form());
    boolean same = form == context.form();
    writeBit(same);
    if (!same) {
      writeBits(form.tag(), NumberForm.TAG_BITS);
      context.form(form);
    }
    if (form == NumberForm.RAW) {
      writeBits(Double.doubleToRawLongBits(value), Long.SIZE);
    } else {
      long decimal = form.decimal(value);
      writeNumber((decimal << 1) ^ (decimal >> 63), context.lengths());
    }
  }

  /** Returns how many bits were written. */
  int bits() {
    return Byte.SIZE * size + pendingBits;
  }

  /**
   * Writes bits that stand in other bytes.
   *
   * @param from index of the first bit there
   * @param to index after the last
   */
  void copy(byte[] source, int from, int to) {
    BitReader in = new BitReader(source);
    in.moveTo(from);
    int left = to - from;
    for (; left > AT_ONCE; left -= AT_ONCE) {
      put(in.readBits(AT_ONCE), AT_ONCE);
    }
    writeBits(in.readBits(left), left);
  }

  byte[] toBytes() {
    // The bits that wait stand in the next byte already.
    return Arrays.copyOf(bytes, pendingBits == 0 ? size : size + 1);
  }

  /** Returns the number of bits up to the highest that is set. */
  static int length(long value) {
    return Long.SIZE - Long.numberOfLeadingZeros(value);
  }

  /** Writes zeros, a one, and the bits of a value below its top one. */
  private void writeUnaryAndRest(int zeros, long value, int length) {
    int below = Math.max(0, length - 1);
    if (zeros + 1 + below <= AT_ONCE) {
      long rest = value & mask(below);
      put(1L << zeros | rest << (zeros + 1), zeros + 1 + below);
      return;
    }
    int left = zeros;
    while (left >= AT_ONCE) {
      put(0, AT_ONCE);
      left -= AT_ONCE;
    }
    put(1L << left, left + 1);
    writeBits(value, below);
  }

  private void put(long value, int bits) {
    if (bytes.length - size < Long.BYTES) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    pending |= value << pendingBits;
    pendingBits += bits;
    LONGS.set(bytes, size, pending);
    size += pendingBits >>> 3;
    pending >>>= pendingBits & ~7;
    pendingBits &= 7;
  }

  private static long mask(int bits) {
    return bits == 64 ? -1L : (1L << bits) - 1;
  }
}
