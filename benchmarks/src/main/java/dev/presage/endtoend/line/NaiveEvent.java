package dev.presage.endtoend.line;

import dev.presage.schemas.avro.Event;
import java.util.Map;
import java.util.Objects;

/**
 * An event of a profile's list.
 *
 * @param at when it happened, in milliseconds since 1970
 */
record NaiveEvent(String id, String type, long at, Map<String, Object> properties) {

  static NaiveEvent of(Event event) {
    return new NaiveEvent(
        Objects.requireNonNull(event.getEventId()),
        event.getType(),
        Objects.requireNonNull(event.getOccurredAt()).toEpochMilli(),
        event.getProperties());
  }

  /** A number among the properties. */
  double number(String property) {
    return ((Number) Objects.requireNonNull(properties.get(property))).doubleValue();
  }
}
