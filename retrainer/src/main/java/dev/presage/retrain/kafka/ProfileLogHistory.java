package dev.presage.retrain.kafka;

import dev.presage.retrain.history.History;
import dev.presage.retrain.history.HistoryVisitor;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.ProfileLogRecord;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The history on the topic {@code profile-log}. Records that the stream does not apply are passed
 * over here as well, so that both see the same: those without key or value, unreadable ones, and
 * events without a time.
 */
public final class ProfileLogHistory implements History {
  private static final Logger log = LoggerFactory.getLogger(ProfileLogHistory.class);

  private final TopicSnapshot snapshot;
  private final Deserializer<ProfileLogRecord> deserializer;

  /**
   * Reads a profile log.
   *
   * @param kafka settings of Kafka clients, at least the bootstrap servers
   */
  public ProfileLogHistory(
      Map<String, Object> kafka, String topic, Deserializer<ProfileLogRecord> deserializer) {
    this.snapshot = new TopicSnapshot(kafka, topic);
    this.deserializer = deserializer;
  }

  /** In offsets. */
  @Override
  public long length() {
    return snapshot.length();
  }

  @Override
  public void replay(HistoryVisitor visitor) {
    Reader reader = new Reader(visitor);
    snapshot.read(reader);
    if (reader.passedOver > 0) {
      log.warn(
          "Passed over {} records that are empty, unreadable or without a time", reader.passedOver);
    }
  }

  private final class Reader implements TopicSnapshot.Visitor {
    private final HistoryVisitor visitor;
    private long passedOver;

    Reader(HistoryVisitor visitor) {
      this.visitor = visitor;
    }

    @Override
    public void record(ConsumerRecord<String, byte[]> record) {
      if (record.key() == null || record.value() == null) {
        passedOver++;
        return;
      }
      ProfileLogRecord entry = read(record);
      if (entry == null || isWithoutTime(entry.getEvent())) {
        passedOver++;
      } else {
        visitor.record(record.key(), entry);
      }
    }

    private static boolean isWithoutTime(@Nullable Event event) {
      return event != null && event.getOccurredAt() == null;
    }

    private @Nullable ProfileLogRecord read(ConsumerRecord<String, byte[]> record) {
      try {
        return deserializer.deserialize(record.topic(), record.value());
      } catch (SerializationException e) {
        log.debug("Unreadable: {}-{}@{}", record.topic(), record.partition(), record.offset(), e);
        return null;
      }
    }

    @Override
    public void endPartition() {
      visitor.endPartition();
    }

    @Override
    public void progress(long read, long all) {
      visitor.progress(read, all);
    }
  }
}
