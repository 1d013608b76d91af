package dev.presage.features.state;

import dev.presage.features.declaration.SeriesDefinition.Kind;
import org.jspecify.annotations.Nullable;

/** How the kind of a series is stored, whatever else becomes of the enum. */
final class KindCode {
  private static final int BITS = 2;

  private KindCode() {}

  static void write(Kind kind, BitWriter out) {
    out.writeBits(code(kind), BITS);
  }

  static Kind read(BitReader in) {
    int code = (int) in.readBits(BITS);
    Kind kind = kind(code);
    if (kind == null) {
      throw in.corrupt("a series is of the unknown kind " + code);
    }
    return kind;
  }

  /** Returns 0 to 3. */
  static int code(Kind kind) {
    return switch (kind) {
      case TIMES -> 0;
      case NUMBERS -> 1;
      case IDENTIFIERS -> 2;
    };
  }

  static @Nullable Kind kind(int code) {
    return switch (code) {
      case 0 -> Kind.TIMES;
      case 1 -> Kind.NUMBERS;
      case 2 -> Kind.IDENTIFIERS;
      default -> null;
    };
  }
}
