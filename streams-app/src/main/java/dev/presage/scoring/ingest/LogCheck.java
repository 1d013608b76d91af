package dev.presage.scoring.ingest;

import dev.presage.features.identity.LogEntries;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.scoring.deadletter.Refusal;
import dev.presage.scoring.deadletter.Refusal.Code;
import dev.presage.scoring.ingest.Ingest.Origin;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What ingest would have made sure of an event that somebody else put on a profile log. Records
 * that this application itself sent on are passed over, and so is what is no event.
 */
public final class LogCheck {
  private final EventChecks checks;

  /** Checks events on the log as those that come in elsewhere. */
  public LogCheck(EventChecks checks) {
    this.checks = checks;
  }

  /**
   * What is wrong with a record, if anything is.
   *
   * @param key profile ID in UTF-8
   * @param bytes length of the record's value
   */
  public @Nullable Refusal refusal(byte[] key, int bytes, ProfileLogRecord entry) {
    if (key.length > ExternalIds.LONGEST_BYTES) {
      return new Refusal(
          Code.NAME_TOO_LONG,
          "The record's key is longer than "
              + ExternalIds.LONGEST_BYTES
              + " bytes; it must be the canonical ID");
    }
    if (new String(key, StandardCharsets.UTF_8).isBlank()) {
      return new Refusal(Code.NO_ID, "The record's key is blank; it must be the canonical ID");
    }
    return refusal(bytes, entry);
  }

  /** What is wrong with a record, whatever its key is. */
  @Nullable Refusal refusal(int bytes, ProfileLogRecord entry) {
    Event event = entry.getEvent();
    if (event == null || !entry.getVia().isEmpty()) {
      return null;
    }
    Refusal tooLarge = EventChecks.ofSize(bytes);
    return tooLarge == null ? checks.of(event) : tooLarge;
  }

  /**
   * The record with an ID for its event, if it has one: its own, else one of where it came from.
   */
  public ProfileLogRecord withId(ProfileLogRecord entry, Origin origin) {
    Event event = entry.getEvent();
    if (event == null || !entry.getVia().isEmpty() || ExternalIds.isPresent(event.getEventId())) {
      return entry;
    }
    return LogEntries.of(EventChecks.withId(event, origin));
  }
}
