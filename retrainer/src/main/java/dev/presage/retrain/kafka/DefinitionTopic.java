package dev.presage.retrain.kafka;

import dev.presage.schemas.avro.TraitDefinition;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes to the topic {@code trait-definitions}. Thread-safe. */
public final class DefinitionTopic implements AutoCloseable {
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

  private final String topic;
  private final Producer<String, TraitDefinition> producer;

  /**
   * @param kafka settings of Kafka clients, at least the bootstrap servers
   */
  public DefinitionTopic(
      Map<String, Object> kafka, String topic, Serializer<TraitDefinition> serializer) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    this.topic = topic;
    this.producer = new KafkaProducer<>(settings, new StringSerializer(), serializer);
  }

  /**
   * Publishes definitions, each under its trait, and returns when the broker has them.
   *
   * @throws KafkaException when one is not taken; those before it may be
   */
  public void publish(List<TraitDefinition> definitions) {
    send(definitions.stream().map(it -> new ProducerRecord<>(topic, it.getTrait(), it)).toList());
  }

  /**
   * Deletes the definition of a trait, and returns when the broker knows.
   *
   * @throws KafkaException when it does not take that
   */
  public void delete(String trait) {
    send(List.of(new ProducerRecord<>(topic, trait, null)));
  }

  private void send(List<ProducerRecord<String, TraitDefinition>> records) {
    try {
      List<Future<?>> sent = records.stream().<Future<?>>map(producer::send).toList();
      for (Future<?> each : sent) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new KafkaException(
          "Topic %s did not take a definition: %s".formatted(topic, e.getMessage()), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Stopped while a definition was published", e);
    }
  }

  @Override
  public void close() {
    producer.close(LONGEST_CLOSE);
  }
}
