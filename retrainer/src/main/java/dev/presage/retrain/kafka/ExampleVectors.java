package dev.presage.retrain.kafka;

import dev.presage.retrain.rows.ServedSample;
import dev.presage.retrain.rows.ServedVector;
import dev.presage.retrain.rows.ServedVectors;
import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.TrainingExample;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Vectors from the topic {@code training-examples}: those that events caused, late ones included.
 * Of a score that time alone caused, or a merge, there is no row.
 */
public final class ExampleVectors implements ServedVectors {
  private static final Logger log = LoggerFactory.getLogger(ExampleVectors.class);

  private final TopicSnapshot snapshot;
  private final Deserializer<TrainingExample> deserializer;
  private final int most;

  /**
   * Reads examples.
   *
   * @param kafka settings of Kafka clients, at least the bootstrap servers
   * @param most most vectors to keep in memory; of more a sample by a hash of their keys
   */
  public ExampleVectors(
      Map<String, Object> kafka,
      String topic,
      Deserializer<TrainingExample> deserializer,
      int most) {
    this.snapshot = new TopicSnapshot(kafka, topic);
    this.deserializer = deserializer;
    this.most = most;
  }

  @Override
  public List<ServedVector> of(String fingerprint) {
    Reader reader = new Reader(fingerprint);
    snapshot.read(reader);
    if (reader.passedOver > 0) {
      log.warn("Passed over {} training examples that are unreadable", reader.passedOver);
    }
    return reader.sample.vectors();
  }

  private final class Reader implements TopicSnapshot.Visitor {
    private final String fingerprint;
    private final ServedSample sample = new ServedSample(most);
    private long passedOver;

    Reader(String fingerprint) {
      this.fingerprint = fingerprint;
    }

    /** The same example comes again under its key with its label, and as null when it is erased. */
    @Override
    public void record(ConsumerRecord<String, byte[]> record) {
      try {
        TrainingExample example = deserializer.deserialize(record.topic(), record.value());
        if (example == null) {
          sample.remove(record.key());
        } else if (isOfAnEvent(example) && example.getFingerprint().equals(fingerprint)) {
          sample.put(record.key(), vector(example));
        }
      } catch (SerializationException e) {
        passedOver++;
        log.debug("Unreadable: {}-{}@{}", record.topic(), record.partition(), record.offset(), e);
      }
    }

    private static boolean isOfAnEvent(TrainingExample example) {
      return example.getEventId() != null
          && (example.getCause() == Cause.EVENT || example.getCause() == Cause.CORRECTION);
    }

    private static ServedVector vector(TrainingExample example) {
      return new ServedVector(
          example.getCanonicalId(),
          example.getEventId(),
          example.getCause() == Cause.CORRECTION,
          example.getAsOf().toEpochMilli(),
          example.getFeatures().stream().mapToDouble(Double::doubleValue).toArray());
    }

    @Override
    public void endPartition() {
      // Examples of all partitions are one sample.
    }

    @Override
    public void progress(long read, long all) {
      // Short beside the history that is read next.
    }
  }
}
