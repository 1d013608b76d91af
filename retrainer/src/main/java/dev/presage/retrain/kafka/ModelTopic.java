package dev.presage.retrain.kafka;

import dev.presage.model.ModelArtefacts;
import dev.presage.retrain.registry.ModelShelf;
import dev.presage.retrain.runs.Models;
import dev.presage.schemas.avro.ModelArtefact;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * The topic {@code models} as a shelf: payloads are large and seldom wanted, so that they are read
 * from the topic when they are, and not kept.
 */
public final class ModelTopic implements ModelShelf {
  private final Map<String, Object> kafka;
  private final String topic;
  private final Deserializer<ModelArtefact> deserializer;
  private final Models models;

  /**
   * @param kafka settings of Kafka clients, at least the bootstrap servers
   * @param models publishes
   */
  public ModelTopic(
      Map<String, Object> kafka,
      String topic,
      Deserializer<ModelArtefact> deserializer,
      Models models) {
    this.kafka = Map.copyOf(kafka);
    this.topic = topic;
    this.deserializer = deserializer;
    this.models = models;
  }

  @Override
  public Optional<ModelArtefact> find(String trait, String version) {
    LastValue last = new LastValue(ModelArtefacts.key(trait, version));
    new TopicSnapshot(kafka, topic).read(last);
    return Optional.ofNullable(last.value).map(it -> deserializer.deserialize(topic, it));
  }

  @Override
  public void publish(ModelArtefact artefact) {
    models.publish(artefact);
  }

  private static final class LastValue implements TopicSnapshot.Visitor {
    private final String key;
    private byte @Nullable [] value;

    LastValue(String key) {
      this.key = key;
    }

    @Override
    public void record(ConsumerRecord<String, byte[]> record) {
      if (key.equals(record.key())) {
        value = record.value();
      }
    }

    @Override
    public void endPartition() {
      // A key is in one partition.
    }

    @Override
    public void progress(long read, long all) {
      // It takes moments.
    }
  }
}
