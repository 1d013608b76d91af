package dev.presage.model.document;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The number types of UBJSON, all of them big-endian. */
enum NumberType {
  INT8('i', 1) {
    @Override
    double get(ByteBuffer bytes, int at) {
      return bytes.get(at);
    }
  },
  UINT8('U', 1) {
    @Override
    double get(ByteBuffer bytes, int at) {
      return bytes.get(at) & 0xff;
    }
  },
  INT16('I', 2) {
    @Override
    double get(ByteBuffer bytes, int at) {
      return bytes.getShort(at);
    }
  },
  INT32('l', 4) {
    @Override
    double get(ByteBuffer bytes, int at) {
      return bytes.getInt(at);
    }
  },
  INT64('L', 8) {
    @Override
    double get(ByteBuffer bytes, int at) {
      return bytes.getLong(at);
    }
  },
  FLOAT32('d', 4) {
    @Override
    double get(ByteBuffer bytes, int at) {
      return bytes.getFloat(at);
    }
  },
  FLOAT64('D', 8) {
    @Override
    double get(ByteBuffer bytes, int at) {
      return bytes.getDouble(at);
    }
  };

  final char marker;
  final int bytes;

  NumberType(char marker, int bytes) {
    this.marker = marker;
    this.bytes = bytes;
  }

  abstract double get(ByteBuffer bytes, int at);

  boolean isInteger() {
    return this != FLOAT32 && this != FLOAT64;
  }

  static @Nullable NumberType of(int marker) {
    return switch (marker) {
      case 'i' -> INT8;
      case 'U' -> UINT8;
      case 'I' -> INT16;
      case 'l' -> INT32;
      case 'L' -> INT64;
      case 'd' -> FLOAT32;
      case 'D' -> FLOAT64;
      default -> null;
    };
  }
}
