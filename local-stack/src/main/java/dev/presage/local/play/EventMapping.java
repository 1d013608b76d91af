package dev.presage.local.play;

import dev.presage.schemas.avro.Event;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Says how a line becomes an event.
 *
 * @param eventId where the event ID comes from; null: the events carry none
 * @param type where the type comes from
 * @param occurredAt where the time comes from
 * @param timeFormat how the time is written
 * @param userId where the ID of a known person comes from; null: there is none
 * @param anonymousId where the ID of a device or session comes from; null: there is none
 * @param properties what else is known, by the name in the event
 */
public record EventMapping(
    @Nullable Origin eventId,
    Origin type,
    Origin occurredAt,
    TimeFormat timeFormat,
    @Nullable Origin userId,
    @Nullable Origin anonymousId,
    Map<String, Property> properties) {

  public EventMapping {
    if (userId == null && anonymousId == null) {
      throw new IllegalArgumentException("userId or anonymousId must be mapped");
    }
    properties = Map.copyOf(properties);
  }

  /**
   * Where a value comes from: a column, or the same for all lines.
   *
   * @param column the column or field; null where the value is given
   * @param value the value; null where it comes from a column
   */
  public record Origin(@Nullable String column, @Nullable String value) {

    public Origin {
      if ((column == null) == (value == null)) {
        throw new IllegalArgumentException("Either a column or a value");
      }
    }

    @Nullable String of(SourceLine line) {
      return column == null ? value : line.fields().get(column);
    }
  }

  /** A property of the event and its type. */
  public record Property(Origin origin, PropertyType type) {}

  /** The columns that the file must have. */
  Set<String> columns() {
    Set<String> columns = new TreeSet<>();
    for (Origin origin : new @Nullable Origin[] {eventId, type, occurredAt, userId, anonymousId}) {
      addColumn(origin, columns);
    }
    properties.values().forEach(it -> addColumn(it.origin(), columns));
    return columns;
  }

  private static void addColumn(@Nullable Origin origin, Set<String> columns) {
    if (origin != null && origin.column() != null) {
      columns.add(origin.column());
    }
  }

  Event event(SourceLine line) throws BadLineException {
    String user = optional(userId, line);
    String anonymous = optional(anonymousId, line);
    if (user == null && anonymous == null) {
      throw new BadLineException(line.number(), "has neither a userId nor an anonymousId");
    }
    Map<String, Object> values = new HashMap<>();
    for (Map.Entry<String, Property> entry : properties.entrySet()) {
      Property property = entry.getValue();
      String text = property.origin().of(line);
      if (text != null) {
        values.put(entry.getKey(), typed(line, entry.getKey(), property.type(), text));
      }
    }
    return Event.newBuilder()
        .setEventId(optional(eventId, line))
        .setType(required("type", type, line))
        .setOccurredAt(time(line))
        .setUserId(user)
        .setAnonymousId(anonymous)
        .setProperties(values)
        .build();
  }

  private Instant time(SourceLine line) throws BadLineException {
    String text = required("occurredAt", occurredAt, line);
    try {
      // By way of the milliseconds of the record, which do not reach as far as an instant.
      return Instant.ofEpochMilli(timeFormat.parse(text).toEpochMilli());
    } catch (DateTimeException | NumberFormatException | ArithmeticException e) {
      throw new BadLineException(
          line.number(), "occurredAt is '%s'; expected %s".formatted(text, timeFormat.expected()));
    }
  }

  private static Object typed(SourceLine line, String name, PropertyType type, String text)
      throws BadLineException {
    try {
      return type.parse(text);
    } catch (IllegalArgumentException e) {
      throw new BadLineException(
          line.number(), "%s is '%s'; expected %s".formatted(name, text, type.expected()));
    }
  }

  private static @Nullable String optional(@Nullable Origin origin, SourceLine line) {
    return origin == null ? null : origin.of(line);
  }

  private static String required(String what, Origin origin, SourceLine line)
      throws BadLineException {
    String value = origin.of(line);
    if (value == null) {
      throw new BadLineException(
          line.number(), "has no %s: '%s' is empty".formatted(what, origin.column()));
    }
    return value;
  }
}
