package dev.presage.figures;

/**
 * A figure as it was measured.
 *
 * @param value in the unit of the figure
 * @param how over what, and how far it spreads, for people
 */
public record Measured(double value, String how) {
  public Measured {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("value=" + value + " must be finite, " + how);
    }
  }
}
