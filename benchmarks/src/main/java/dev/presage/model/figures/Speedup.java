package dev.presage.model.figures;

import dev.presage.figures.Measured;
import java.util.Locale;

/** How many times faster one thing is than another. */
final class Speedup {
  private Speedup() {}

  /**
   * @param unit of both times
   */
  static Measured of(Measured fast, Measured slow, String unit) {
    return new Measured(
        slow.value() / fast.value(),
        String.format(
            Locale.ROOT,
            "%,.1f %s (%s) against %,.1f %s (%s)",
            fast.value(),
            unit,
            fast.how(),
            slow.value(),
            unit,
            slow.how()));
  }
}
