package dev.presage.scoring.runtime;

import dev.presage.schemas.registry.RegistryException;
import dev.presage.schemas.registry.SchemaRegistry;
import dev.presage.schemas.settings.ConnectionSettings;
import dev.presage.schemas.wire.AvroSerde;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a topic of statuses what this instance decided.
 *
 * @param <S> the status
 */
final class StatusPublisher<S extends SpecificRecord> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StatusPublisher.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Producer<String, S> producer;
  private final String topic;

  StatusPublisher(
      ConnectionSettings connections, SchemaRegistry registry, Class<S> type, String topic) {
    this.producer =
        new KafkaProducer<>(
            connections.kafka(), new StringSerializer(), AvroSerde.of(type, registry).serializer());
    this.topic = topic;
  }

  /** Publishes in the background; a failure is logged, and scoring goes on. */
  void publish(String key, S status) {
    try {
      var unused =
          producer.send(
              new ProducerRecord<>(topic, key, status),
              (metadata, failure) -> {
                if (failure != null) {
                  unpublished(key, failure);
                }
              });
    } catch (KafkaException | RegistryException e) {
      unpublished(key, e);
    }
  }

  private void unpublished(String key, Exception why) {
    log.error("The status {} could not be published to {}", key, topic, why);
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }
}
