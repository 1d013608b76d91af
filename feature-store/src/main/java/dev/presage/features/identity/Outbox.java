package dev.presage.features.identity;

import dev.presage.schemas.avro.ProfileLogRecord;

/** Takes what is to go to the logs of other profiles. */
@FunctionalInterface
public interface Outbox {
  /** Puts a record at the end of a profile's log. */
  void send(String profileId, ProfileLogRecord entry);
}
