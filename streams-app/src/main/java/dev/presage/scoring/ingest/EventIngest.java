package dev.presage.scoring.ingest;

import dev.presage.features.FeatureEngine;
import dev.presage.schemas.avro.Event;
import dev.presage.scoring.deadletter.Refusal;
import dev.presage.scoring.deadletter.Refusal.Code;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Checks a record as received and decides which profile it belongs to. The one place where the wall
 * clock meets events.
 */
public final class EventIngest {
  /** Longest ID or type in UTF-8 bytes. */
  public static final int LONGEST_NAME_BYTES = 1024;

  /** Largest event in bytes, uncompressed; the profile log takes what is below. */
  static final int LARGEST_EVENT_BYTES = 1 << 20;

  private final Deserializer<Event> deserializer;
  private final InstantSource clock;
  private final Duration futureTolerance;

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

  /** What became of a record. */
  public sealed interface Outcome {
    /** An event and the profile whose log it belongs to. */
    record Accepted(String profileId, Event event) implements Outcome {}

    /** A record that goes to {@code dead-letters}. */
    record Refused(Refusal refusal) implements Outcome {}
  }

  /**
   * Reads and checks one record.
   *
   * @param origin topic, partition and offset as {@code topic-partition-offset}: the ID of an event
   *     that brings none
   */
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
    String profileId = present(event.getUserId()) ? event.getUserId() : event.getAnonymousId();
    if (!present(profileId)) {
      return refused(
          Code.NO_ID, "The event has neither userId nor anonymousId; it must have at least one");
    }
    if (isTooLong(profileId) || isTooLong(event.getEventId()) || isTooLong(event.getType())) {
      return refused(
          Code.NAME_TOO_LONG,
          "The event's profile ID, eventId or type is longer than "
              + LONGEST_NAME_BYTES
              + " bytes");
    }
    if (!present(event.getType())) {
      return refused(Code.NO_TYPE, "The event's type is empty");
    }
    Refusal wrongTime = checkTime(event.getOccurredAt());
    if (wrongTime != null) {
      return new Outcome.Refused(wrongTime);
    }
    return new Outcome.Accepted(profileId, withId(event, origin));
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
    if (present(event.getEventId())) {
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

  private static boolean present(@Nullable String text) {
    return text != null && !text.isBlank();
  }

  private static boolean isTooLong(@Nullable String name) {
    return name != null
        && name.length() > LONGEST_NAME_BYTES / 4
        && name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME_BYTES;
  }

  private static Outcome refused(Code code, String reason) {
    return new Outcome.Refused(new Refusal(code, reason));
  }

  /** Where a record was received. */
  public record Origin(String topic, int partition, long offset) {}
}
