package dev.presage.scoring.ingest;

/** Where the events of customers come from. */
public enum IngestSource {
  /** From {@code events}, by an ingest that checks them and chooses their profiles. */
  EVENTS,
  /** From {@code profile-log} itself: producers write them there, under canonical IDs. */
  LOG
}
