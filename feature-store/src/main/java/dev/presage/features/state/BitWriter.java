package dev.presage.features.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Writes bits, the lowest first, in the forms that {@link ProfileCodec} draws. */
final class BitWriter {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[256];
  private int size;
  private long pending;
  private int pendingBits;

  /** Begins anew. */
  void clear() {
    size = 0;
    pending = 0;
    pendingBits = 0;
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
    if (bits > 32) {
      writeUpTo32(value & 0xFFFF_FFFFL, 32);
      writeUpTo32((value >>> 32) & mask(bits - 32), bits - 32);
    } else {
      writeUpTo32(value & mask(bits), bits);
    }
  }

  /** Writes a number in as many bits as it has, with their number in front as zeros and a one. */
  void writeNatural(long value) {
    writeUnary(length(value));
    writeBelowTop(value, length(value));
  }

  /** Writes a number whose length is likely to be near those of the numbers before it. */
  void writeNumber(long value, LengthContext context) {
    int length = length(value);
    int distance = length - context.expected();
    writeUnary(distance >= 0 ? 2 * distance : -2 * distance - 1);
    writeBelowTop(value, length);
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

  byte[] toBytes() {
    int rest = (pendingBits + 7) >>> 3;
    byte[] all = Arrays.copyOf(bytes, size + rest);
    for (int i = 0; i < rest; i++) {
      all[size + i] = (byte) (pending >>> (8 * i));
    }
    return all;
  }

  /** Returns the number of bits up to the highest that is set. */
  static int length(long value) {
    return Long.SIZE - Long.numberOfLeadingZeros(value);
  }

  private void writeUnary(int zeros) {
    int rest = zeros;
    while (rest >= 32) {
      writeUpTo32(0, 32);
      rest -= 32;
    }
    writeUpTo32(1L << rest, rest + 1);
  }

  private void writeBelowTop(long value, int length) {
    if (length > 1) {
      writeBits(value, length - 1);
    }
  }

  private void writeUpTo32(long value, int bits) {
    pending |= value << pendingBits;
    pendingBits += bits;
    if (pendingBits >= 32) {
      if (bytes.length - size < 8) {
        bytes = Arrays.copyOf(bytes, 2 * bytes.length);
      }
      INTS.set(bytes, size, (int) pending);
      size += 4;
      pending >>>= 32;
      pendingBits -= 32;
    }
  }

  private static long mask(int bits) {
    return bits == 64 ? -1L : (1L << bits) - 1;
  }
}
