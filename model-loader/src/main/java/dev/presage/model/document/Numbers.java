package dev.presage.model.document;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** An array of numbers, held compactly. A boolean in such an array counts as 0 or 1. */
public abstract class Numbers {
  /** What {@link #index} answers where an element is not a 32-bit integer. */
  public static final int NOT_AN_INDEX = Integer.MIN_VALUE;

  static final Numbers EMPTY = new Listed(new double[0]);

  private final int size;

  Numbers(int size) {
    this.size = size;
  }

  public final int size() {
    return size;
  }

  /** Element {@code i}, exact but for integers beyond 2^53. */
  public abstract double get(int i);

  /** Element {@code i} as an integer, {@link #NOT_AN_INDEX} where it is none. */
  public final int index(int i) {
    double value = get(i);
    return value == (int) value ? (int) value : NOT_AN_INDEX;
  }

  /** Numbers collected one by one. */
  static final class Builder {
    private double[] values = new double[16];
    private int count;

    void add(double value) {
      if (count == values.length) {
        values = Arrays.copyOf(values, count + (count >> 1));
      }
      values[count++] = value;
    }

    Numbers build() {
      return new Listed(Arrays.copyOf(values, count));
    }
  }

  private static final class Listed extends Numbers {
    private final double[] values;

    private Listed(double[] values) {
      super(values.length);
      this.values = values;
    }

    @Override
    public double get(int i) {
      return values[i];
    }
  }

  /** Numbers of one type, left where they are in the bytes of the document. */
  static final class Packed extends Numbers {
    private final ByteBuffer bytes;
    private final NumberType type;

    Packed(ByteBuffer bytes, NumberType type, int size) {
      super(size);
      this.bytes = bytes;
      this.type = type;
    }

    @Override
    public double get(int i) {
      return type.get(bytes, i * type.bytes);
    }
  }
}
