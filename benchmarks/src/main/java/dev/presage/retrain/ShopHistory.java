package dev.presage.retrain;

import dev.presage.endtoend.ShopTraffic;
import dev.presage.features.identity.LogEntries;
import dev.presage.retrain.history.History;
import dev.presage.retrain.history.HistoryVisitor;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.schemas.registry.InMemorySchemaRegistry;
import dev.presage.schemas.wire.AvroSerde;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * What the customers of a shop did, as it is on {@code profile-log}: keys and values are bytes, as
 * a consumer has them, and are read anew in every replay. No broker is asked.
 */
public final class ShopHistory implements History {
  private static final String TOPIC = "profile-log";
  private static final int PARTITIONS = 8;
  private static final long BETWEEN_PROGRESS = 500;

  private final List<List<Logged>> partitions;
  private final Deserializer<ProfileLogRecord> deserializer;
  private final long events;
  private final long bytes;

  /** A record as a consumer has it. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody, and there are many.
  private record Logged(byte[] key, byte[] value) {}

  /** A record that was read. */
  private record Read(String profileId, ProfileLogRecord entry) {}

  private ShopHistory(
      List<List<Logged>> partitions, Deserializer<ProfileLogRecord> deserializer, long bytes) {
    this.partitions = partitions;
    this.deserializer = deserializer;
    this.events = partitions.stream().mapToLong(List::size).sum();
    this.bytes = bytes;
  }

  @Override
  public long length() {
    return events;
  }

  /** Makes events, the same each time. */
  public static ShopHistory of(int customers, int events, Duration time) {
    AvroSerde<ProfileLogRecord> serde =
        AvroSerde.of(ProfileLogRecord.class, new InMemorySchemaRegistry());
    Serializer<ProfileLogRecord> serializer = serde.serializer();
    List<List<Logged>> partitions = new ArrayList<>();
    for (int i = 0; i < PARTITIONS; i++) {
      partitions.add(new ArrayList<>());
    }
    ShopTraffic traffic = new ShopTraffic(customers, events, time);
    long bytes = 0;
    for (int i = 0; i < events; i++) {
      Event event = traffic.next();
      String customer = Objects.requireNonNull(event.getUserId());
      byte[] value = serializer.serialize(TOPIC, LogEntries.of(event));
      bytes += value.length;
      partitions
          .get(Math.floorMod(customer.hashCode(), PARTITIONS))
          .add(new Logged(customer.getBytes(StandardCharsets.UTF_8), value));
    }
    return new ShopHistory(partitions, serde.deserializer(), bytes);
  }

  /** Number of events. */
  public long events() {
    return events;
  }

  /** Mean length of a value. */
  public long bytesAnEvent() {
    return bytes / Math.max(1, events);
  }

  /** The same as objects that were read once: what replaying costs without reading. */
  public History read() {
    List<List<Read>> read = new ArrayList<>();
    for (List<Logged> partition : partitions) {
      List<Read> entries = new ArrayList<>(partition.size());
      partition.forEach(it -> entries.add(read(it)));
      read.add(entries);
    }
    return new History() {
      @Override
      public void replay(HistoryVisitor visitor) {
        for (List<Read> partition : read) {
          for (Read entry : partition) {
            visitor.record(entry.profileId, entry.entry);
          }
          visitor.endPartition();
        }
      }

      @Override
      public long length() {
        return events;
      }
    };
  }

  @Override
  public void replay(HistoryVisitor visitor) {
    long count = 0;
    for (List<Logged> partition : partitions) {
      for (Logged logged : partition) {
        Read entry = read(logged);
        visitor.record(entry.profileId, entry.entry);
        if (++count % BETWEEN_PROGRESS == 0) {
          visitor.progress(count, events);
        }
      }
      visitor.endPartition();
    }
  }

  private Read read(Logged logged) {
    return new Read(
        new String(logged.key, StandardCharsets.UTF_8),
        deserializer.deserialize(TOPIC, logged.value));
  }
}
