package dev.presage.features.state;

import java.util.List;

/**
 * How a double is written: as a decimal where that gives the same double again, because amounts and
 * quantities mostly are short decimals, else in full. The lowest two bits of the first varint are
 * the tag that says which.
 */
enum NumberForm {
  WHOLE(0, 1),
  HUNDREDTHS(1, 100),
  TEN_THOUSANDTHS(2, 10_000),
  /** 8 bytes follow. */
  RAW(3, 1);

  static final int TAG_BITS = 2;
  static final List<NumberForm> DECIMALS = List.of(WHOLE, HUNDREDTHS, TEN_THOUSANDTHS);

  /** A decimal of up to so many has no more bytes than the full form. */
  private static final double MAX = 1L << 48;

  private final int tag;
  private final double scale;

  NumberForm(int tag, double scale) {
    this.tag = tag;
    this.scale = scale;
  }

  /** Returns the form of a value: a preferred one if it is exact, else the first that is. */
  static NumberForm of(double value, NumberForm preferred) {
    if (preferred != RAW && preferred.isExact(preferred.decimal(value), value)) {
      return preferred;
    }
    for (NumberForm form : DECIMALS) {
      if (form.isExact(form.decimal(value), value)) {
        return form;
      }
    }
    return RAW;
  }

  int tag() {
    return tag;
  }

  static NumberForm tagged(int tag) {
    return switch (tag & 3) {
      case 0 -> WHOLE;
      case 1 -> HUNDREDTHS;
      case 2 -> TEN_THOUSANDTHS;
      default -> RAW;
    };
  }

  long decimal(double value) {
    return (long) Math.rint(value * scale);
  }

  double value(long decimal) {
    return decimal / scale;
  }

  boolean isExact(long decimal, double value) {
    return Math.abs(decimal) <= MAX
        && Double.doubleToRawLongBits(value(decimal)) == Double.doubleToRawLongBits(value);
  }
}
