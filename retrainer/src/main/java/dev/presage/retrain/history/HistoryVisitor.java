package dev.presage.retrain.history;

import dev.presage.schemas.avro.ProfileLogRecord;

/** Sees a history; called by one thread. */
public interface HistoryVisitor {
  /** The next record of the log of an ID; an event has a time. */
  void record(String profileId, ProfileLogRecord entry);

  /** A partition is over: its profiles do not come again. */
  void endPartition();

  /**
   * Called now and then.
   *
   * @param read records that were read
   * @param all records that there are to read
   */
  void progress(long read, long all);
}
