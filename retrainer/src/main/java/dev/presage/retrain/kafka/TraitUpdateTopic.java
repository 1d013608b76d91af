package dev.presage.retrain.kafka;

import dev.presage.retrain.live.PublishedTraits;
import dev.presage.retrain.live.PublishedValues;
import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.TraitUpdate;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Published values from the topic {@code trait-updates}. */
public final class TraitUpdateTopic implements PublishedTraits {
  private static final Logger log = LoggerFactory.getLogger(TraitUpdateTopic.class);

  private final TopicSnapshot snapshot;
  private final Deserializer<TraitUpdate> deserializer;

  /**
   * Reads updates.
   *
   * @param kafka settings of Kafka clients, at least the bootstrap servers
   */
  public TraitUpdateTopic(
      Map<String, Object> kafka, String topic, Deserializer<TraitUpdate> deserializer) {
    this.snapshot = new TopicSnapshot(kafka, topic);
    this.deserializer = deserializer;
  }

  @Override
  public PublishedValues of(String trait) {
    Reader reader = new Reader(trait);
    snapshot.read(reader);
    if (reader.passedOver > 0) {
      log.warn("Passed over {} trait updates that are unreadable", reader.passedOver);
    }
    return reader.values;
  }

  private final class Reader implements TopicSnapshot.Visitor {
    private final String trait;
    private final PublishedValues values = new PublishedValues();
    private long passedOver;

    Reader(String trait) {
      this.trait = trait;
    }

    @Override
    public void record(ConsumerRecord<String, byte[]> record) {
      try {
        TraitUpdate update = deserializer.deserialize(record.topic(), record.value());
        if (update != null && update.getTrait().equals(trait)) {
          values.add(
              update.getCanonicalId(),
              update.getAsOf().toEpochMilli(),
              update.getValue(),
              update.getCause() == Cause.SILENCE);
        }
      } catch (SerializationException e) {
        passedOver++;
        log.debug("Unreadable: {}-{}@{}", record.topic(), record.partition(), record.offset(), e);
      }
    }

    @Override
    public void endPartition() {
      // A profile is in one partition.
    }

    @Override
    public void progress(long read, long all) {
      // A measurement is short and nobody watches it.
    }
  }
}
