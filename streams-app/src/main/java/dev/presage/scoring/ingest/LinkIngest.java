package dev.presage.scoring.ingest;

import dev.presage.features.FeatureEngine;
import dev.presage.features.identity.LogEntries;
import dev.presage.schemas.avro.IdentityLink;
import dev.presage.scoring.deadletter.Refusal;
import dev.presage.scoring.deadletter.Refusal.Code;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Puts a link on the log of the profile that is to be absorbed. */
public final class LinkIngest implements Ingest {
  private final Deserializer<IdentityLink> deserializer;

  /** Creates an ingest. */
  public LinkIngest(Deserializer<IdentityLink> deserializer) {
    this.deserializer = deserializer;
  }

  @Override
  public Outcome accept(String topic, byte @Nullable [] value, Origin origin) {
    if (value == null) {
      return refused(Code.EMPTY, "The record has no value; expected an IdentityLink");
    }
    IdentityLink link;
    try {
      link = deserializer.deserialize(topic, value);
    } catch (SerializationException e) {
      return refused(Code.UNREADABLE, String.valueOf(e.getMessage()));
    }
    String from = link.getFrom();
    String to = link.getTo();
    if (!ExternalIds.isPresent(from) || !ExternalIds.isPresent(to)) {
      return refused(Code.NO_ID, "The link has no from or no to; it needs both");
    }
    if (ExternalIds.isTooLong(from) || ExternalIds.isTooLong(to)) {
      return refused(
          Code.NAME_TOO_LONG,
          "The link's from or to is longer than " + ExternalIds.LONGEST_BYTES + " bytes");
    }
    if (ExternalIds.isNobody(from) || ExternalIds.isNobody(to)) {
      return refused(
          Code.NOBODY,
          "The link's from or to is what clients send who have no ID; everybody would become one");
    }
    Instant occurredAt = link.getOccurredAt();
    if (occurredAt == null || !FeatureEngine.isEventTime(occurredAt)) {
      return refused(
          Code.TIME_OUT_OF_RANGE,
          "The link's occurredAt is " + occurredAt + "; expected 1970 to 2099, in milliseconds");
    }
    return new Outcome.Accepted(List.of(new Addressed(from, LogEntries.of(link))));
  }

  private static Outcome refused(Code code, String reason) {
    return new Outcome.Refused(new Refusal(code, reason));
  }
}
