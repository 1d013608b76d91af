package dev.presage.features.state;

import java.util.Arrays;

/** Writes the primitive parts of the layout that {@link ProfileCodec} draws. */
final class ByteWriter {
  private byte[] bytes = new byte[256];
  private int size;

  void writeByte(int value) {
    makeRoom(1);
    bytes[size++] = (byte) value;
  }

  /** Writes 7 bits a byte, the lowest first; the value is taken as unsigned. */
  void writeVarint(long value) {
    makeRoom(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void writeInt(int value) {
    makeRoom(Integer.BYTES);
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  void writeLong(long value) {
    writeInt((int) (value >>> 32));
    writeInt((int) value);
  }

  /** Writes a number as {@link NumberForm} says. */
  void writeNumber(double value) {
    for (NumberForm form : NumberForm.DECIMALS) {
      long decimal = form.decimal(value);
      if (form.isExact(decimal, value)) {
        long zigzag = (decimal << 1) ^ (decimal >> 63);
        writeVarint(zigzag << NumberForm.TAG_BITS | form.tag());
        return;
      }
    }
    writeVarint(NumberForm.RAW.tag());
    writeLong(Double.doubleToRawLongBits(value));
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void makeRoom(int needed) {
    if (bytes.length - size < needed) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length + needed);
    }
  }
}
