package dev.presage.scoring.ingest;

import static dev.presage.scoring.ingest.ExternalIds.isNobody;
import static dev.presage.scoring.ingest.ExternalIds.isPresent;

import dev.presage.features.identity.LogEntries;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.IdentityLink;
import dev.presage.scoring.deadletter.Refusal;
import dev.presage.scoring.deadletter.Refusal.Code;
import dev.presage.scoring.entity.EntityType;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Checks an event as received and decides which profiles it belongs to: that of its user, else that
 * of its anonymous ID, and those of other entity types that its properties name. One that carries
 * both IDs links the second to the first.
 */
public final class EventIngest implements Ingest {
  private final Deserializer<Event> deserializer;
  private final EventChecks checks;
  private final PropertyKeys keys;
  private final RecentLinks links = new RecentLinks();

  /**
   * Creates an ingest.
   *
   * @param keyed entity types that are keyed by a property
   */
  public EventIngest(Deserializer<Event> deserializer, EventChecks checks, List<EntityType> keyed) {
    this.deserializer = deserializer;
    this.checks = checks;
    this.keys = new PropertyKeys(keyed);
  }

  @Override
  public Outcome accept(String topic, byte @Nullable [] value, Origin origin) {
    if (value == null) {
      return refused(Code.EMPTY, "The record has no value; expected an Event");
    }
    Refusal tooLarge = EventChecks.ofSize(value.length);
    if (tooLarge != null) {
      return new Outcome.Refused(tooLarge);
    }
    Event event;
    try {
      event = EventChecks.withId(deserializer.deserialize(topic, value), origin);
    } catch (SerializationException e) {
      return refused(Code.UNREADABLE, String.valueOf(e.getMessage()));
    }
    return switch (keys.of(event)) {
      case PropertyKeys.Found.Wrong(Refusal refusal) -> new Outcome.Refused(refusal);
      case PropertyKeys.Found.Entries(List<Addressed> others) -> accept(event, others);
    };
  }

  private Outcome accept(Event event, List<Addressed> others) {
    boolean hasCustomer = isPresent(event.getUserId()) || isPresent(event.getAnonymousId());
    if (!hasCustomer && others.isEmpty()) {
      return refused(
          Code.NO_ID,
          keys.isEmpty()
              ? "The event has neither userId nor anonymousId; it must have at least one"
              : "The event has neither userId nor anonymousId nor one of the properties "
                  + keys.properties()
                  + "; it must have at least one");
    }
    Refusal refusal = checks.of(event);
    if (refusal != null) {
      return new Outcome.Refused(refusal);
    }
    if (!hasCustomer) {
      return new Outcome.Accepted(others);
    }
    List<Addressed> customers = customers(event);
    if (others.isEmpty()) {
      return new Outcome.Accepted(customers);
    }
    List<Addressed> entries = new ArrayList<>(customers);
    entries.addAll(others);
    return new Outcome.Accepted(entries);
  }

  private List<Addressed> customers(Event event) {
    String user = event.getUserId();
    String device = event.getAnonymousId();
    if (!isPresent(user)) {
      return List.of(new Addressed(device, LogEntries.of(event)));
    }
    Addressed own = new Addressed(user, LogEntries.of(event));
    if (!isPresent(device)
        || device.equals(user)
        || isNobody(device)
        || isNobody(user)
        || !links.isNew(device, user)) {
      return List.of(own);
    }
    IdentityLink link = new IdentityLink(device, user, event.getOccurredAt(), true);
    return List.of(own, new Addressed(device, LogEntries.of(link)));
  }

  private static Outcome refused(Code code, String reason) {
    return new Outcome.Refused(new Refusal(code, reason));
  }
}
