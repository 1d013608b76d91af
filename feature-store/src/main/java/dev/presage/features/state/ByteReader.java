package dev.presage.features.state;

/** Reads the primitive parts of states of version 1, and trusts none of them. */
final class ByteReader {
  private final byte[] bytes;
  private int position;

  ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  int readByte() {
    if (position >= bytes.length) {
      throw corrupt("it ends too early");
    }
    return bytes[position++] & 0xFF;
  }

  long readVarint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int part = readByte();
      if (shift == 63 && part > 1) {
        break;
      }
      value |= (long) (part & 0x7F) << shift;
      if (part < 0x80) {
        return value;
      }
    }
    throw corrupt("a number has more than 64 bits");
  }

  /**
   * Reads a number of things that follow.
   *
   * @param max the greatest number that there can be
   * @param bytesEach the least number of bytes that each has, so that no more is made room for than
   *     has come
   */
  int readCount(String of, int max, int bytesEach) {
    long count = readVarint();
    if (count < 0 || count > max || count * bytesEach > bytes.length - position) {
      throw corrupt("it cannot have " + Long.toUnsignedString(count) + " " + of);
    }
    return (int) count;
  }

  int readInt() {
    int value = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      value = value << 8 | readByte();
    }
    return value;
  }

  long readLong() {
    return ((long) readInt() << 32) | (readInt() & 0xFFFF_FFFFL);
  }

  /** Reads a number that is finite. */
  double readNumber() {
    long first = readVarint();
    NumberForm form = NumberForm.tagged((int) (first & 3));
    if (form != NumberForm.RAW) {
      long zigzag = first >>> NumberForm.TAG_BITS;
      return form.value((zigzag >>> 1) ^ -(zigzag & 1));
    }
    double value = Double.longBitsToDouble(readLong());
    if (!Double.isFinite(value)) {
      throw corrupt("a number is " + value);
    }
    return value;
  }

  boolean isAtEnd() {
    return position == bytes.length;
  }

  CorruptStateException corrupt(String message) {
    return new CorruptStateException(message, position);
  }
}
