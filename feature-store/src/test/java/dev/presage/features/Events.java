package dev.presage.features;

import dev.presage.schemas.avro.Event;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes events for tests. */
final class Events {
  static final long DAY = 86_400_000;

  private Events() {}

  static Event event(@Nullable String id, String type, long time, Map<String, Object> properties) {
    return Event.newBuilder()
        .setEventId(id)
        .setType(type)
        .setOccurredAt(Instant.ofEpochMilli(time))
        .setUserId("somebody")
        .setProperties(properties)
        .build();
  }

  static Event order(String id, String time, double revenue) {
    return event(id, "order", Instant.parse(time).toEpochMilli(), Map.of("revenue", revenue));
  }

  static long time(Event event) {
    return event.getOccurredAt().toEpochMilli();
  }
}
