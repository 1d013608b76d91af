package dev.presage.scoring.ingest;

import static dev.presage.scoring.ingest.ExternalIds.isPresent;
import static dev.presage.scoring.ingest.ExternalIds.isTooLong;

import dev.presage.features.FeatureEngine;
import dev.presage.schemas.avro.Event;
import dev.presage.scoring.deadletter.Refusal;
import dev.presage.scoring.deadletter.Refusal.Code;
import dev.presage.scoring.ingest.Ingest.Origin;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What every event must be, wherever it comes in. The one place where the wall clock meets events.
 */
public final class EventChecks {
  /** Largest event in bytes, uncompressed; the profile log takes what is below. */
  static final int LARGEST_EVENT_BYTES = 1 << 20;

  private final InstantSource clock;
  private final Duration futureTolerance;

  /**
   * @param futureTolerance how far ahead of the clock an event may be
   */
  public EventChecks(InstantSource clock, Duration futureTolerance) {
    this.clock = clock;
    this.futureTolerance = futureTolerance;
  }

  /** What is wrong with the length of a record, if anything is. */
  static @Nullable Refusal ofSize(int bytes) {
    return bytes <= LARGEST_EVENT_BYTES
        ? null
        : new Refusal(
            Code.TOO_LARGE,
            "The event has " + bytes + " bytes; expected at most " + LARGEST_EVENT_BYTES);
  }

  /** What is wrong with an event, if anything is. */
  @Nullable Refusal of(Event event) {
    if (isTooLong(event.getUserId())
        || isTooLong(event.getAnonymousId())
        || isTooLong(event.getEventId())
        || isTooLong(event.getType())) {
      return new Refusal(
          Code.NAME_TOO_LONG,
          "The event's userId, anonymousId, eventId or type is longer than "
              + ExternalIds.LONGEST_BYTES
              + " bytes");
    }
    if (!isPresent(event.getType())) {
      return new Refusal(Code.NO_TYPE, "The event's type is empty");
    }
    return ofTime(event.getOccurredAt());
  }

  private @Nullable Refusal ofTime(@Nullable Instant occurredAt) {
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

  /** The event with an ID: its own, else one that is made of where it came from. */
  static Event withId(Event event, Origin origin) {
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
}
