package dev.presage.scoring.ingest;

import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.scoring.deadletter.Refusal;
import dev.presage.scoring.entity.EntityType;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Gives events that producers put on the customers' profile log to the profiles of other entity
 * types. What is wrong with a record is for the customers' profiles to say, but for a property that
 * cannot name a profile.
 */
public final class LogIngest implements Ingest {
  private static final Outcome NOTHING = new Outcome.Accepted(List.of());

  private final Deserializer<ProfileLogRecord> deserializer;
  private final LogCheck check;
  private final PropertyKeys keys;

  /**
   * Creates an ingest.
   *
   * @param keyed entity types that are keyed by a property
   */
  public LogIngest(
      Deserializer<ProfileLogRecord> deserializer, EventChecks checks, List<EntityType> keyed) {
    this.deserializer = deserializer;
    this.check = new LogCheck(checks);
    this.keys = new PropertyKeys(keyed);
  }

  @Override
  public Outcome accept(String topic, byte @Nullable [] value, Origin origin) {
    if (value == null) {
      return NOTHING;
    }
    ProfileLogRecord entry;
    try {
      entry = deserializer.deserialize(topic, value);
    } catch (SerializationException e) {
      return NOTHING;
    }
    Event event = entry.getEvent();
    // What was sent on to another customer has been here before.
    if (event == null || !entry.getVia().isEmpty() || check.refusal(value.length, entry) != null) {
      return NOTHING;
    }
    return switch (keys.of(EventChecks.withId(event, origin))) {
      case PropertyKeys.Found.Wrong(Refusal refusal) -> new Outcome.Refused(refusal);
      case PropertyKeys.Found.Entries(List<Addressed> entries) -> new Outcome.Accepted(entries);
    };
  }
}
