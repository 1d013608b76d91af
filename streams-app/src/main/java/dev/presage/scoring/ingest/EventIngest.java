package dev.presage.scoring.ingest;

import static dev.presage.scoring.ingest.ExternalIds.isNobody;
import static dev.presage.scoring.ingest.ExternalIds.isPresent;
import static dev.presage.scoring.ingest.ExternalIds.isTooLong;

import dev.presage.features.FeatureEngine;
import dev.presage.features.identity.LogEntries;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.IdentityLink;
import dev.presage.scoring.deadletter.Refusal;
import dev.presage.scoring.deadletter.Refusal.Code;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Checks an event as received and decides which profile it belongs to: that of its user, else that
 * of its anonymous ID. One that carries both links the second to the first. The one place where the
 * wall clock meets events.
 */
public final class EventIngest implements Ingest {
  /** Largest event in bytes, uncompressed; the profile log takes what is below. */
  static final int LARGEST_EVENT_BYTES = 1 << 20;

  private final Deserializer<Event> deserializer;
  private final InstantSource clock;
  private final Duration futureTolerance;
  private final RecentLinks links = new RecentLinks();

  /**
   * Creates an ingest.
   *
   * @param futureTolerance how far ahead of the clock an event may be
   */
  public EventIngest(
      Deserializer<Event> deserializer, InstantSource clock, Duration futureTolerance) {
    this.deserializer = deserializer;
    this.clock = clock;
    this.futureTolerance = futureTolerance;
  }

  @Override
  public Outcome accept(String topic, byte @Nullable [] value, Origin origin) {
    if (value == null) {
      return refused(Code.EMPTY, "The record has no value; expected an Event");
    }
    if (value.length > LARGEST_EVENT_BYTES) {
      return refused(
          Code.TOO_LARGE,
          "The event has " + value.length + " bytes; expected at most " + LARGEST_EVENT_BYTES);
    }
    Event event;
    try {
      event = deserializer.deserialize(topic, value);
    } catch (SerializationException e) {
      return refused(Code.UNREADABLE, String.valueOf(e.getMessage()));
    }
    String user = event.getUserId();
    String device = event.getAnonymousId();
    if (!isPresent(user) && !isPresent(device)) {
      return refused(
          Code.NO_ID, "The event has neither userId nor anonymousId; it must have at least one");
    }
    if (isTooLong(user)
        || isTooLong(device)
        || isTooLong(event.getEventId())
        || isTooLong(event.getType())) {
      return refused(
          Code.NAME_TOO_LONG,
          "The event's userId, anonymousId, eventId or type is longer than "
              + ExternalIds.LONGEST_BYTES
              + " bytes");
    }
    if (!isPresent(event.getType())) {
      return refused(Code.NO_TYPE, "The event's type is empty");
    }
    Refusal wrongTime = checkTime(event.getOccurredAt());
    if (wrongTime != null) {
      return new Outcome.Refused(wrongTime);
    }
    return accepted(withId(event, origin));
  }

  private Outcome accepted(Event event) {
    String user = event.getUserId();
    String device = event.getAnonymousId();
    if (!isPresent(user)) {
      return new Outcome.Accepted(List.of(new Addressed(device, LogEntries.of(event))));
    }
    Addressed own = new Addressed(user, LogEntries.of(event));
    if (!isPresent(device)
        || device.equals(user)
        || isNobody(device)
        || isNobody(user)
        || !links.isNew(device, user)) {
      return new Outcome.Accepted(List.of(own));
    }
    IdentityLink link = new IdentityLink(device, user, event.getOccurredAt(), true);
    return new Outcome.Accepted(List.of(own, new Addressed(device, LogEntries.of(link))));
  }

  private @Nullable Refusal checkTime(@Nullable Instant occurredAt) {
    if (occurredAt == null) {
      return new Refusal(Code.NO_TIME, "The event has no occurredAt");
    }
    if (!FeatureEngine.isEventTime(occurredAt)) {
      return new Refusal(
          Code.TIME_OUT_OF_RANGE,
          "The event's occurredAt is " + occurredAt + "; expected 1970 to 2099, in milliseconds");
    }
    Instant latest = clock.instant().plus(futureTolerance);
    if (occurredAt.isAfter(latest)) {
      return new Refusal(
          Code.IN_THE_FUTURE,
          "The event's occurredAt is "
              + occurredAt
              + ", more than "
              + futureTolerance
              + " ahead of the clock; check the clock of its producer");
    }
    return null;
  }

  private static Event withId(Event event, Origin origin) {
    if (isPresent(event.getEventId())) {
      return event;
    }
    return new Event(
        origin.topic() + "-" + origin.partition() + "-" + origin.offset(),
        event.getType(),
        event.getOccurredAt(),
        event.getUserId(),
        event.getAnonymousId(),
        event.getProperties());
  }

  private static Outcome refused(Code code, String reason) {
    return new Outcome.Refused(new Refusal(code, reason));
  }
}
