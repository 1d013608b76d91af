package dev.presage.scoring.runtime;

import dev.presage.schemas.avro.ModelStatus;
import dev.presage.schemas.registry.RegistryException;
import dev.presage.schemas.registry.SchemaRegistry;
import dev.presage.schemas.settings.ConnectionSettings;
import dev.presage.schemas.wire.AvroSerde;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the {@code model-status} topic what this instance did with a model. */
final class ModelStatusPublisher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ModelStatusPublisher.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Producer<String, ModelStatus> producer;
  private final String topic;

  ModelStatusPublisher(ConnectionSettings connections, SchemaRegistry registry) {
    Map<String, Object> settings = connections.kafka();
    this.producer =
        new KafkaProducer<>(
            settings,
            new StringSerializer(),
            AvroSerde.of(ModelStatus.class, registry).serializer());
    this.topic = connections.topics().modelStatus();
  }

  /** Publishes in the background; a failure is logged, and scoring goes on. */
  void publish(ModelStatus status) {
    String key = status.getTrait() + "/" + status.getInstance();
    try {
      var unused =
          producer.send(
              new ProducerRecord<>(topic, key, status),
              (metadata, failure) -> {
                if (failure != null) {
                  unpublished(status, failure);
                }
              });
    } catch (KafkaException | RegistryException e) {
      unpublished(status, e);
    }
  }

  private void unpublished(ModelStatus status, Exception why) {
    log.error(
        "The status of model {} {} could not be published to {}",
        status.getTrait(),
        status.getVersion(),
        topic,
        why);
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }
}
