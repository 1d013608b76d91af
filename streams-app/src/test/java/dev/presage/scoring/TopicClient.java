package dev.presage.scoring;

import dev.presage.local.stack.LocalStack;
import dev.presage.schemas.registry.RegistryConfig;
import dev.presage.schemas.registry.SchemaRegistry;
import dev.presage.schemas.wire.AvroSerde;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Writes and reads whole topics. */
final class TopicClient {
  private final String prefix;
  private final Map<String, Object> settings;
  private final SchemaRegistry registry;

  TopicClient(LocalStack stack) {
    this(stack, "");
  }

  /**
   * Writes and reads the topics of one installation.
   *
   * @param prefix stands before the names of topics that are given to it
   */
  TopicClient(LocalStack stack, String prefix) {
    this.prefix = prefix;
    this.settings =
        Map.of(
            "bootstrap.servers",
            stack.bootstrapServers(),
            "isolation.level",
            "read_committed",
            "enable.auto.commit",
            false,
            "linger.ms",
            20);
    this.registry = SchemaRegistry.connect(RegistryConfig.of(stack.registryUrl()));
  }

  record Keyed<T>(String key, T value) {}

  <T extends SpecificRecord> void write(String topic, Class<T> type, List<Keyed<T>> records) {
    try (KafkaProducer<String, T> producer =
        new KafkaProducer<>(
            settings, new StringSerializer(), AvroSerde.of(type, registry).serializer())) {
      for (Keyed<T> record : records) {
        var unused =
            producer.send(new ProducerRecord<>(prefix + topic, record.key(), record.value()));
      }
    }
  }

  /** Writes a value as it is; null is a tombstone. */
  void writeBytes(String topic, String key, byte @Nullable [] value) {
    try (KafkaProducer<String, byte @Nullable []> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      var unused = producer.send(new ProducerRecord<>(prefix + topic, key, value));
    }
  }

  /** Everything that is committed on a topic now. */
  <T extends SpecificRecord> List<ConsumerRecord<String, T>> read(String topic, Class<T> type) {
    return read(topic, AvroSerde.of(type, registry).deserializer());
  }

  <T> List<ConsumerRecord<String, T>> read(String topic, Deserializer<T> deserializer) {
    List<ConsumerRecord<String, T>> records = new ArrayList<>();
    try (KafkaConsumer<String, T> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), deserializer)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(prefix + topic).stream()
              .map(it -> new TopicPartition(it.topic(), it.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(it -> consumer.position(it.getKey()) < it.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }
}
