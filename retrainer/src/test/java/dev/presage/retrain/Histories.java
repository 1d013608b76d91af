package dev.presage.retrain;

import dev.presage.features.FeatureDeclarations;
import dev.presage.features.FeatureEngine;
import dev.presage.features.identity.LogEntries;
import dev.presage.retrain.history.History;
import dev.presage.retrain.history.HistoryVisitor;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Events, features and traits of a small shop. */
public final class Histories {
  /** First event time. */
  public static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

  /** Features of orders and visits. */
  public static final String FEATURES =
      """
      entity: customer
      series:
        orders: {event: order_completed}
        revenue: {event: order_completed, property: revenue}
        visits: {event: visited}
      features:
        orders_30d: {aggregate: count, series: orders, window: 30d}
        orders_lifetime: {aggregate: count, series: orders, window: lifetime}
        revenue_30d: {aggregate: sum, series: revenue, window: 30d}
        visits_7d: {aggregate: count, series: visits, window: 7d}
        days_since_last_order: {aggregate: time_since_last, series: orders, window: lifetime}
        days_since_last_visit: {aggregate: time_since_last, series: visits, window: lifetime}
      """;

  private Histories() {}

  /** An engine over these features. */
  public static FeatureEngine engine() {
    return new FeatureEngine(FeatureDeclarations.parse(FEATURES, "test"));
  }

  /** Will a customer order within some days? */
  public static TraitDefinition orders(String trait, String eligibility, Duration horizon) {
    return TraitDefinition.newBuilder()
        .setTrait(trait)
        .setKind(TraitKind.LIKELIHOOD)
        .setEligibility(eligibility)
        .setTarget(new Target("order_completed", "true"))
        .setHorizonMillis(horizon.toMillis())
        .build();
  }

  /** An event some time after {@link #START}. */
  public static Event event(String id, String type, Duration after) {
    return event(id, type, after, Map.of());
  }

  /** An event with properties. */
  public static Event event(
      String id, String type, Duration after, Map<String, Object> properties) {
    return Event.newBuilder()
        .setEventId(id)
        .setType(type)
        .setOccurredAt(START.plus(after))
        .setProperties(properties)
        .build();
  }

  /** One record of a log. */
  public record Entry(String profileId, ProfileLogRecord logged) {
    /** An event. */
    public Entry(String profileId, Event event) {
      this(profileId, LogEntries.of(event));
    }

    /** The event that it is. */
    public Event event() {
      return logged.getEvent();
    }
  }

  /** A history of these partitions. */
  public static History of(List<List<Entry>> partitions) {
    List<List<Entry>> copy = List.copyOf(partitions);
    return new History() {
      @Override
      public long length() {
        return copy.stream().mapToLong(List::size).sum();
      }

      @Override
      public void replay(HistoryVisitor visitor) {
        long all = copy.stream().mapToLong(List::size).sum();
        long read = 0;
        for (List<Entry> partition : copy) {
          for (Entry entry : partition) {
            visitor.record(entry.profileId(), entry.logged());
            read++;
          }
          visitor.endPartition();
          visitor.progress(read, all);
        }
      }
    };
  }

  /** Entries divided by profile. */
  public static List<List<Entry>> partitioned(List<Entry> log, int partitions) {
    List<List<Entry>> divided = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      divided.add(new ArrayList<>());
    }
    for (Entry entry : log) {
      divided.get(Math.floorMod(entry.profileId().hashCode(), partitions)).add(entry);
    }
    return divided;
  }
}
