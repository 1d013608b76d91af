package dev.presage.figures;

/** How long to measure. */
public enum Effort {
  /** Minutes, for figures that count. */
  FULL,
  /** Seconds, to see that everything works; the figures mean little. */
  QUICK
}
