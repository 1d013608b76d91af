package dev.presage.model.lightgbm;

/** The bits of LightGBM's {@code decision_type}. */
final class SplitSort {
  static final int CATEGORICAL = 1;
  static final int DEFAULT_LEFT = 2;

  /** Two bits: which values are missing, and follow {@link #DEFAULT_LEFT}. */
  static final int MISSING = 12;

  /** No value is missing; NaN counts as 0. */
  static final int MISSING_NONE = 0;

  /** 0 is missing, and NaN counts as 0. */
  static final int MISSING_ZERO = 4;

  /** NaN is missing. */
  static final int MISSING_NAN = 8;

  private SplitSort() {}

  static boolean isKnown(int decision) {
    return decision >= 0
        && decision <= (CATEGORICAL | DEFAULT_LEFT | MISSING)
        && (decision & MISSING) != MISSING;
  }
}
