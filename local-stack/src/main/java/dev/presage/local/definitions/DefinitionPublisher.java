package dev.presage.local.definitions;

import dev.presage.local.connection.Connection;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TriggerDefinition;
import dev.presage.schemas.topics.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Writes definitions to the topics that the applications follow. */
public final class DefinitionPublisher {

  private final Connection connection;
  private final Topics topics;

  public DefinitionPublisher(Connection connection, Topics topics) {
    this.connection = connection;
    this.topics = topics;
  }

  /**
   * Publishes trait definitions, each under its trait, and returns when they were written.
   *
   * @throws KafkaException when they cannot be written
   */
  public void publishTraits(List<TraitDefinition> traits) {
    publish(
        TraitDefinition.class,
        traits.stream()
            .map(it -> new ProducerRecord<>(topics.traitDefinitions(), it.getTrait(), it))
            .toList());
  }

  /**
   * Publishes segmentations, each under its name, and returns when they were written.
   *
   * @throws KafkaException when they cannot be written
   */
  public void publishSegments(List<SegmentDefinition> segmentations) {
    publish(
        SegmentDefinition.class,
        segmentations.stream()
            .map(it -> new ProducerRecord<>(topics.segmentDefinitions(), it.getSegmentation(), it))
            .toList());
  }

  /**
   * Publishes triggers, each under its name, and returns when they were written.
   *
   * @throws KafkaException when they cannot be written
   */
  public void publishTriggers(List<TriggerDefinition> triggers) {
    publish(
        TriggerDefinition.class,
        triggers.stream()
            .map(it -> new ProducerRecord<>(topics.triggerDefinitions(), it.getTrigger(), it))
            .toList());
  }

  private <T extends SpecificRecord> void publish(
      Class<T> type, List<ProducerRecord<String, T>> records) {
    try (Producer<String, T> producer = connection.producer(type)) {
      List<Future<?>> written = new ArrayList<>();
      records.forEach(it -> written.add(producer.send(it)));
      for (Future<?> each : written) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new KafkaException("Definitions cannot be published: " + e.getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Interrupted while publishing definitions", e);
    }
  }
}
