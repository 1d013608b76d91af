package dev.presage.retrain.rows;

/**
 * The rows of a history and what they come from.
 *
 * @param rows labelled rows of both kinds
 * @param events events that were applied
 * @param profiles profiles with at least one of them
 * @param oldestEventMillis time of the oldest, 0 where there are none
 * @param newestEventMillis time of the newest, the end of the history, 0 where there are none
 * @param momentRows rows at event moments before sampling, those left out included
 * @param calendarRows rows at calendar cut times before sampling, those left out included
 * @param openRows sampled rows that were left out as their horizon was not over at the end, or when
 *     their profile was absorbed by another
 * @param censoredRows sampled rows that were left out as they neither reached the target nor
 *     failed; of an attribute, as their profiles declared nothing or cannot be trusted
 * @param labelledProfiles profiles of the rows
 * @param parity what came of holding the replay against what was served
 */
public record TrainingRows(
    Rows rows,
    long events,
    long profiles,
    long oldestEventMillis,
    long newestEventMillis,
    long momentRows,
    long calendarRows,
    long openRows,
    long censoredRows,
    long labelledProfiles,
    ParityResult parity) {

  /** What they come from, to be remembered for longer than the rows themselves. */
  public TrainingRows withoutRows() {
    return new TrainingRows(
        rows.where(row -> false),
        events,
        profiles,
        oldestEventMillis,
        newestEventMillis,
        momentRows,
        calendarRows,
        openRows,
        censoredRows,
        labelledProfiles,
        parity);
  }
}
