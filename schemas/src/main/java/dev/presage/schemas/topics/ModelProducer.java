package dev.presage.schemas.topics;

import dev.presage.schemas.avro.ModelArtefact;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes to the topic of models, whose records may be larger than a producer sends by default.
 * Thread-safe.
 */
public final class ModelProducer implements AutoCloseable {
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);
  private static final int ROOM_FOR_A_BATCH = 1 << 20;

  private final String topic;
  private final Serializer<ModelArtefact> serializer;
  private final Producer<String, byte[]> producer;

  /**
   * Publishes to a topic.
   *
   * @param kafka settings of Kafka clients, at least the bootstrap servers
   */
  public ModelProducer(
      Map<String, Object> kafka, String topic, Serializer<ModelArtefact> serializer) {
    int largest = TopicCatalogue.LARGEST_MODEL_RECORD_BYTES;
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, largest);
    // A record that is larger than the whole buffer is refused, and the default is 32 MiB.
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) largest + ROOM_FOR_A_BATCH);
    this.topic = topic;
    this.serializer = serializer;
    this.producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  /**
   * Publishes a record and returns when the broker has it.
   *
   * @param key {@code <trait>/<version>}
   * @param artefact null to withdraw the version
   * @throws KafkaException when it is not taken; the message says which and why, and names the
   *     limit where it is too large
   */
  public void publish(String key, @Nullable ModelArtefact artefact) {
    byte[] value = serializer.serialize(topic, artefact);
    int size = value == null ? 0 : value.length;
    int largest = TopicCatalogue.LARGEST_MODEL_RECORD_BYTES;
    if (size > largest) {
      throw new RecordTooLargeException(
          "Model %s has %,d bytes as a record, topic %s takes up to %,d; train a smaller one"
              .formatted(key, size, topic, largest));
    }
    try {
      producer.send(new ProducerRecord<>(topic, key, value)).get();
    } catch (ExecutionException e) {
      throw failed(key, size, e.getCause() == null ? e : e.getCause());
    } catch (KafkaException e) {
      throw failed(key, size, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Stopped while model %s was published".formatted(key), e);
    }
  }

  private KafkaException failed(String key, int size, Throwable why) {
    if (why instanceof RecordTooLargeException) {
      return new KafkaException(
          "Model %s has %,d bytes as a record, which is too large for topic %s (%s); its max.message.bytes should be %d, and the producer's max.request.size is that"
              .formatted(
                  key, size, topic, why.getMessage(), TopicCatalogue.LARGEST_MODEL_RECORD_BYTES),
          why);
    }
    return new KafkaException(
        "Model %s was not taken by topic %s: %s".formatted(key, topic, why.getMessage()), why);
  }

  @Override
  public void close() {
    producer.close(LONGEST_CLOSE);
  }
}
