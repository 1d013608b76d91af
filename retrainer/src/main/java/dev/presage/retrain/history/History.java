package dev.presage.retrain.history;

/** What happened to all profiles. */
public interface History {
  /**
   * Reads everything that was there when the call began, one partition after the other, each in the
   * order of its log.
   *
   * @throws HistoryException when it cannot be read to its end; says where and why
   */
  void replay(HistoryVisitor visitor);

  /**
   * How long it is now, in a unit of its own: it grows as the history does. It is quick to tell.
   *
   * @throws HistoryException when it cannot be told; says why
   */
  long length();
}
