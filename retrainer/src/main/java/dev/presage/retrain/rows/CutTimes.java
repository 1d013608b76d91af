package dev.presage.retrain.rows;

import java.time.Duration;

/**
 * Times at equal distances.
 *
 * @param anchorMillis one of them, milliseconds since 1970
 * @param stepMillis their distance
 */
record CutTimes(long anchorMillis, long stepMillis) {
  /** Comes after every time. */
  static final long NEVER = Long.MAX_VALUE;

  CutTimes {
    if (stepMillis < 1) {
      throw new IllegalArgumentException(
          "The distance of cut times is " + stepMillis + " ms; expected at least 1 ms");
    }
  }

  /** Multiples of the distance since 1970, so that they do not depend on where a history begins. */
  static CutTimes every(Duration step) {
    return new CutTimes(0, step.toMillis());
  }

  /** The earliest one that is not before a time. */
  long firstFrom(long millis) {
    return anchorMillis + Math.ceilDiv(millis - anchorMillis, stepMillis) * stepMillis;
  }

  long after(long cut) {
    return cut + stepMillis;
  }
}
