package dev.presage.scoring.runtime;

import dev.presage.schemas.avro.PrivacyCommand;
import dev.presage.schemas.registry.SchemaRegistry;
import dev.presage.schemas.settings.ConnectionSettings;
import dev.presage.schemas.wire.AvroSerde;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Puts privacy commands on their topic. */
final class PrivacyCommands implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Producer<String, PrivacyCommand> producer;
  private final String topic;

  PrivacyCommands(ConnectionSettings connections, SchemaRegistry registry) {
    this.producer =
        new KafkaProducer<>(
            connections.kafka(),
            new StringSerializer(),
            AvroSerde.of(PrivacyCommand.class, registry).serializer());
    this.topic = connections.topics().privacyCommands();
  }

  /**
   * Returns when the command is safely on its topic.
   *
   * @throws StoreUnavailableException when it could not be put there; it may be all the same
   */
  void send(PrivacyCommand command) {
    try {
      producer
          .send(new ProducerRecord<>(topic, command.getId(), command))
          .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("Interrupted while the command was sent");
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw new StoreUnavailableException(
          "The command could not be put on " + topic + ", send it again: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    producer.close(TIMEOUT);
  }
}
