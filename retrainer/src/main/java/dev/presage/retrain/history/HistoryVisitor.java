package dev.presage.retrain.history;

import dev.presage.schemas.avro.Event;

/** Sees a history; called by one thread. */
public interface HistoryVisitor {
  /** The next event of a profile; it has a time. */
  void event(String profileId, Event event);

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
