package dev.presage.features.identity;

import dev.presage.schemas.avro.Absorb;
import dev.presage.schemas.avro.Consent;
import dev.presage.schemas.avro.Erase;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.Hop;
import dev.presage.schemas.avro.IdentityLink;
import dev.presage.schemas.avro.ProfileLogRecord;
import java.util.List;

/** Makes records of the profile log. */
public final class LogEntries {
  private LogEntries() {}

  /** An event of the profile. */
  public static ProfileLogRecord of(Event event) {
    return new ProfileLogRecord(event, null, null, null, null, List.of());
  }

  /** The profile is to be absorbed by another one. */
  public static ProfileLogRecord of(IdentityLink link) {
    return new ProfileLogRecord(null, link, null, null, null, List.of());
  }

  /** Another profile's state moves in. */
  public static ProfileLogRecord of(Absorb absorb) {
    return new ProfileLogRecord(null, null, absorb, null, null, List.of());
  }

  /** The profile is erased. */
  public static ProfileLogRecord of(Erase erase) {
    return new ProfileLogRecord(null, null, null, erase, null, List.of());
  }

  /** The ID may have a profile again. */
  public static ProfileLogRecord of(Consent consent) {
    return new ProfileLogRecord(null, null, null, null, consent, List.of());
  }

  static ProfileLogRecord via(ProfileLogRecord entry, List<Hop> hops) {
    return new ProfileLogRecord(
        entry.getEvent(),
        entry.getLink(),
        entry.getAbsorb(),
        entry.getErase(),
        entry.getConsent(),
        List.copyOf(hops));
  }
}
