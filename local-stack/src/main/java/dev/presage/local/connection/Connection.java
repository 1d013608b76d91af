package dev.presage.local.connection;

import dev.presage.schemas.registry.RegistryConfig;
import dev.presage.schemas.registry.SchemaRegistry;
import dev.presage.schemas.settings.Suggestion;
import dev.presage.schemas.wire.AvroSerde;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker and a registry that were seen to answer. */
public final class Connection {

  private static final int ANSWER_SECONDS = 10;
  private static final int LARGEST_FETCH_BYTES = 80 << 20;

  private final String bootstrapServers;
  private final URI registryUrl;
  private final SchemaRegistry registry;

  private Connection(String bootstrapServers, URI registryUrl) {
    this.bootstrapServers = bootstrapServers;
    this.registryUrl = registryUrl;
    this.registry = SchemaRegistry.connect(RegistryConfig.of(registryUrl));
  }

  /**
   * Connects.
   *
   * @throws UnreachableException when the broker does not answer within 10 seconds
   */
  public static Connection open(String bootstrapServers, URI registryUrl) {
    Connection connection = new Connection(bootstrapServers, registryUrl);
    connection.checkBroker();
    return connection;
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  public URI registryUrl() {
    return registryUrl;
  }

  public SchemaRegistry registry() {
    return registry;
  }

  /** A new admin client. */
  public Admin admin() {
    return Admin.create(settings());
  }

  /** The least that every client needs. */
  public Map<String, Object> settings() {
    return new HashMap<>(
        Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, (Object) bootstrapServers));
  }

  /** A new producer of a generated class. */
  public <T extends SpecificRecord> Producer<String, T> producer(Class<T> type) {
    Map<String, Object> settings = settings();
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 1 << 17);
    return new KafkaProducer<>(
        settings, new StringSerializer(), AvroSerde.of(type, registry).serializer());
  }

  /** A new consumer of bytes without a group, which sees only what was committed. */
  public Consumer<byte[], byte[]> consumer() {
    Map<String, Object> settings = settings();
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, LARGEST_FETCH_BYTES);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * Does nothing where a topic is there.
   *
   * @throws UnknownTopicException when it is not
   */
  public void requireTopic(String topic) {
    try (Consumer<byte[], byte[]> consumer = consumer()) {
      Set<String> topics = consumer.listTopics().keySet();
      if (!topics.contains(topic)) {
        throw new UnknownTopicException(
            "There is no topic '" + topic + "'" + Suggestion.of(topic, topics, it -> it));
      }
    }
  }

  private void checkBroker() {
    try (Admin admin = admin()) {
      admin.describeCluster().clusterId().get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new UnreachableException("No broker answers at " + bootstrapServers, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableException(
          "Interrupted while connecting to the broker at " + bootstrapServers, e);
    }
  }
}
