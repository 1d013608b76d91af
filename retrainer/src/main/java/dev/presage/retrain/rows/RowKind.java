package dev.presage.retrain.rows;

/** Why there is a row at its as-of time. */
public enum RowKind {
  /** Right after an event of the profile was applied: what live scoring sees. */
  MOMENT,
  /** At a calendar cut time, whatever the profile did: what silence looks like. */
  CALENDAR
}
