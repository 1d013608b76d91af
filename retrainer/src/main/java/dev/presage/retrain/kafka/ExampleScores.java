package dev.presage.retrain.kafka;

import dev.presage.retrain.baseline.Scale;
import dev.presage.retrain.baseline.SingleFeature;
import dev.presage.retrain.live.ServedScore;
import dev.presage.retrain.live.ServedScores;
import dev.presage.retrain.traits.Trait;
import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.TrainingExample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Served scores from the topic {@code training-examples}. */
public final class ExampleScores implements ServedScores {
  private static final Logger log = LoggerFactory.getLogger(ExampleScores.class);

  private final TopicSnapshot snapshot;
  private final Deserializer<TrainingExample> deserializer;
  private final PublishedModels models;

  /**
   * Reads examples.
   *
   * @param kafka settings of Kafka clients, at least the bootstrap servers
   * @param models tell the baseline of each version
   */
  public ExampleScores(
      Map<String, Object> kafka,
      String topic,
      Deserializer<TrainingExample> deserializer,
      PublishedModels models) {
    this.snapshot = new TopicSnapshot(kafka, topic);
    this.deserializer = deserializer;
    this.models = models;
  }

  @Override
  public List<ServedScore> of(Trait trait, long from, long until) {
    Reader reader = new Reader(trait, from, until);
    snapshot.read(reader);
    if (reader.passedOver > 0) {
      log.warn(
          "Passed over {} training examples of {} that are unreadable or without a known baseline",
          reader.passedOver,
          trait.name());
    }
    return List.copyOf(reader.scores.values());
  }

  private final class Reader implements TopicSnapshot.Visitor {
    private final Trait trait;
    private final long from;
    private final long until;
    private final Map<String, ServedScore> scores = new LinkedHashMap<>();
    private long passedOver;

    Reader(Trait trait, long from, long until) {
      this.trait = trait;
      this.from = from;
      this.until = until;
    }

    /** The same example comes again under its key with its label, and as null when it is erased. */
    @Override
    public void record(ConsumerRecord<String, byte[]> record) {
      try {
        TrainingExample example = deserializer.deserialize(record.topic(), record.value());
        if (example == null) {
          scores.remove(record.key());
        } else if (isWanted(example)) {
          take(record.key(), example);
        }
      } catch (SerializationException e) {
        passedOver++;
        log.debug("Unreadable: {}-{}@{}", record.topic(), record.partition(), record.offset(), e);
      }
    }

    private boolean isWanted(TrainingExample example) {
      long asOf = example.getAsOf().toEpochMilli();
      return example.getTrait().equals(trait.name())
          && example.getCause() == Cause.EVENT
          && asOf >= from
          && asOf < until;
    }

    private void take(String key, TrainingExample example) {
      Optional<SingleFeature> baseline =
          models.baseline(trait.name(), example.getModelVersion(), Scale.of(trait.kind()));
      if (baseline.isEmpty()) {
        passedOver++;
        return;
      }
      SingleFeature feature = baseline.get();
      scores.put(
          key,
          new ServedScore(
              example.getCanonicalId(),
              example.getAsOf().toEpochMilli(),
              example.getScore(),
              feature.name(),
              feature.predict(example.getFeatures().get(feature.index()))));
    }

    @Override
    public void endPartition() {
      // Scores of all partitions are one list.
    }

    @Override
    public void progress(long read, long all) {
      // A measurement is short and nobody watches it.
    }
  }
}
