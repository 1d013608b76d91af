package dev.presage.scoring.ingest;

import dev.presage.features.identity.LogEntries;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.scoring.deadletter.Refusal;
import dev.presage.scoring.deadletter.Refusal.Code;
import dev.presage.scoring.entity.EntityType;
import dev.presage.scoring.ingest.Ingest.Addressed;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the profiles that an event belongs to by its properties, one of each entity type at most.
 * The event goes to them without the IDs of its customer, so that what is erased of a customer does
 * not live on there.
 */
final class PropertyKeys {
  private final List<EntityType> types;

  /**
   * @param types entity types that are keyed by a property
   */
  PropertyKeys(List<EntityType> types) {
    this.types = List.copyOf(types);
  }

  /** Where an event belongs to by its properties, or why that cannot be told. */
  sealed interface Found {
    /** The records for the logs; none where the event has none of the properties. */
    record Entries(List<Addressed> entries) implements Found {}

    /** A property that should name a profile cannot. */
    record Wrong(Refusal refusal) implements Found {}
  }

  private static final Found NOWHERE = new Found.Entries(List.of());

  Found of(Event event) {
    List<Addressed> entries = null;
    ProfileLogRecord entry = null;
    for (EntityType type : types) {
      Object value = event.getProperties().get(type.keyProperty());
      if (value == null) {
        continue;
      }
      String id = text(value);
      if (id == null) {
        return wrong(type, value, Code.INVALID_PROPERTY, "expected a text or a finite number");
      }
      if (ExternalIds.isTooLong(id)) {
        return wrong(
            type,
            "too long",
            Code.NAME_TOO_LONG,
            "expected at most " + ExternalIds.LONGEST_BYTES + " bytes");
      }
      if (ExternalIds.isPresent(id)) {
        entry = entry == null ? LogEntries.of(withoutCustomer(event)) : entry;
        entries = entries == null ? new ArrayList<>(types.size()) : entries;
        entries.add(new Addressed(type, id, entry));
      }
    }
    return entries == null ? NOWHERE : new Found.Entries(entries);
  }

  /** The properties that name profiles, for people. */
  String properties() {
    return String.join(", ", types.stream().map(EntityType::keyProperty).toList());
  }

  boolean isEmpty() {
    return types.isEmpty();
  }

  /** The ID that a value stands for; null where it can be none. */
  private static @Nullable String text(Object value) {
    return switch (value) {
      case String text -> text;
      case Long number -> number.toString();
      // The same product must not be two because one producer writes 7 and another one 7.0.
      case Double number when Double.isFinite(number) ->
          BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
      default -> null;
    };
  }

  private static Event withoutCustomer(Event event) {
    return new Event(
        event.getEventId(),
        event.getType(),
        event.getOccurredAt(),
        null,
        null,
        event.getProperties());
  }

  private static Found wrong(EntityType type, Object value, Code code, String expected) {
    return new Found.Wrong(
        new Refusal(
            code,
            "The event's property %s is %s, but it names a profile of entity type %s; %s"
                .formatted(type.keyProperty(), value, type.name(), expected)));
  }
}
