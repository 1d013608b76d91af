package dev.presage.retrain.schedule;

import java.time.Duration;

/**
 * How long a trait goes without training. Where training brings little it goes longer, up to a
 * bound, where it brings something shorter.
 *
 * @param least shortest time between two runs by the calendar
 * @param most longest one
 * @param current the one that holds now, between these
 */
public record Cadence(Duration least, Duration most, Duration current) {
  private static final int STEPS = 2;

  /**
   * @throws IllegalArgumentException unless 0 &lt; least ≤ current ≤ most
   */
  public Cadence {
    if (!least.isPositive() || least.compareTo(current) > 0 || current.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "A cadence of %s between %s and %s; expected a positive shortest one, and the current one between the two"
              .formatted(current, least, most));
    }
  }

  /** Half as long after a clear gain, twice as long after little, the same where it is unknown. */
  public Cadence after(Gain gain) {
    return switch (gain) {
      case CLEAR -> with(current.dividedBy(STEPS));
      case LITTLE -> with(current.multipliedBy(STEPS));
      case UNKNOWN -> this;
    };
  }

  /** The shortest that there is. */
  public Cadence soonest() {
    return new Cadence(least, most, least);
  }

  private Cadence with(Duration wanted) {
    Duration atLeast = wanted.compareTo(least) < 0 ? least : wanted;
    return new Cadence(least, most, atLeast.compareTo(most) > 0 ? most : atLeast);
  }
}
