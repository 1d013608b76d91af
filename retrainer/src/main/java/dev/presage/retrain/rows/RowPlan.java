package dev.presage.retrain.rows;

import java.time.Duration;

/**
 * Which rows are built.
 *
 * @param calendarStep distance of the calendar cut times, which lie on multiples of it since the
 *     epoch, so that they do not depend on where a history begins
 * @param mostRows most rows that are kept of each kind; beyond that a sample by the rows' own keys,
 *     the same in every replay
 */
public record RowPlan(Duration calendarStep, int mostRows) {
  public RowPlan {
    if (calendarStep.toMillis() < 1) {
      throw new IllegalArgumentException(
          "The step of calendar rows is " + calendarStep + "; expected at least 1 ms");
    }
    if (mostRows < 1) {
      throw new IllegalArgumentException(
          "The most rows to keep are " + mostRows + "; expected at least 1");
    }
  }

  /** A row a week and 300,000 rows of each kind. */
  public static RowPlan standard() {
    return new RowPlan(Duration.ofDays(7), 300_000);
  }

  CutTimes cutTimes() {
    return CutTimes.every(calendarStep);
  }
}
