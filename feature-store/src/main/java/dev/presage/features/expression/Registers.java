package dev.presage.features.expression;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a condition find the properties of the event and leave their values, so that
 * no number is boxed. What a part leaves holds until the next part is evaluated.
 */
final class Registers {
  private static final ThreadLocal<Registers> OF_THREAD = ThreadLocal.withInitial(Registers::new);

  Map<String, Object> properties = Map.of();
  long integer;
  double real;
  String text = "";

  /** The object that a number was read from, null where it was computed. */
  @Nullable Object source;

  private Registers() {}

  /** Returns the registers of this thread, with properties; {@link #clear} ends their use. */
  static Registers with(Map<String, Object> properties) {
    Registers registers = OF_THREAD.get();
    registers.properties = properties;
    return registers;
  }

  /** Lets go of the event, which the thread would hold otherwise. */
  void clear() {
    properties = Map.of();
    text = "";
    source = null;
  }

  Kind integer(long value) {
    integer = value;
    source = null;
    return Kind.INTEGER;
  }

  Kind real(double value) {
    real = value;
    source = null;
    return Kind.DOUBLE;
  }

  Kind text(String value) {
    text = value;
    return Kind.STRING;
  }
}
