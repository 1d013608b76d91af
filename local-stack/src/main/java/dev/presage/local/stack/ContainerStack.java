package dev.presage.local.stack;

import dev.presage.local.process.Resources;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The official Kafka image and Confluent's registry, on ports that Docker chooses, data not kept.
 */
final class ContainerStack implements LocalStack {

  private static final DockerImageName KAFKA = DockerImageName.parse("apache/kafka:4.3.1");
  private static final DockerImageName REGISTRY =
      DockerImageName.parse("confluentinc/cp-schema-registry:8.0.0");
  private static final int REGISTRY_PORT = 8081;
  private static final String INTERNAL_LISTENER = "kafka:19092";

  private final StackDirectory directory;
  private final KafkaContainer kafka;
  private final GenericContainer<?> registry;
  private final Resources resources;

  private ContainerStack(
      StackDirectory directory,
      KafkaContainer kafka,
      GenericContainer<?> registry,
      Resources resources) {
    this.directory = directory;
    this.kafka = kafka;
    this.registry = registry;
    this.resources = resources;
  }

  static ContainerStack start(StackOptions options) {
    if (options.dataDirectory() != null || options.brokerPort() + options.registryPort() != 0) {
      throw new StackException(
          "A stack of containers keeps no data and chooses its ports; leave out the data folder and the ports, or -D%s=containers"
              .formatted(KIND_PROPERTY));
    }
    Resources resources = new Resources();
    try {
      StackDirectory directory = StackDirectory.open(null);
      resources.add(directory::close);
      Network network = Network.newNetwork();
      resources.add(network::close);
      KafkaContainer kafka = kafka(network, options);
      resources.add(kafka::close);
      GenericContainer<?> registry = registry(network, options);
      resources.add(registry::close);
      kafka.start();
      registry.start();
      return new ContainerStack(directory, kafka, registry, resources);
    } catch (RuntimeException e) {
      resources.close();
      throw new StackException("The containers did not start: " + e.getMessage(), e);
    }
  }

  private static KafkaContainer kafka(Network network, StackOptions options) {
    return new KafkaContainer(KAFKA)
        .withNetwork(network)
        .withListener(INTERNAL_LISTENER)
        .withStartupTimeout(options.startTimeout())
        .withEnv(
            Map.of(
                "KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false",
                "KAFKA_LOG_RETENTION_MS", "-1",
                "KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0",
                "KAFKA_MESSAGE_MAX_BYTES", "83886080",
                "KAFKA_REPLICA_FETCH_MAX_BYTES", "83886080"));
  }

  // Closed with the other resources; the compiler cannot see that.
  @SuppressWarnings("resource")
  private static GenericContainer<?> registry(Network network, StackOptions options) {
    return new GenericContainer<>(REGISTRY)
        .withNetwork(network)
        .withExposedPorts(REGISTRY_PORT)
        .withEnv("SCHEMA_REGISTRY_HOST_NAME", "registry")
        .withEnv("SCHEMA_REGISTRY_LISTENERS", "http://0.0.0.0:" + REGISTRY_PORT)
        .withEnv("SCHEMA_REGISTRY_KAFKASTORE_BOOTSTRAP_SERVERS", "PLAINTEXT://" + INTERNAL_LISTENER)
        .waitingFor(
            Wait.forHttp("/subjects")
                .forStatusCode(200)
                .withStartupTimeout(options.startTimeout()));
  }

  @Override
  public String bootstrapServers() {
    return kafka.getBootstrapServers();
  }

  @Override
  public URI registryUrl() {
    return URI.create(
        "http://%s:%d".formatted(registry.getHost(), registry.getMappedPort(REGISTRY_PORT)));
  }

  @Override
  public Path dataDirectory() {
    return directory.path();
  }

  @Override
  public void requireRunning() {
    for (GenericContainer<?> container : List.of(kafka, registry)) {
      if (!container.isRunning()) {
        throw new StackException(
            "The container of %s has ended. Its log is:%n%s"
                .formatted(container.getDockerImageName(), container.getLogs()));
      }
    }
  }

  @Override
  public void close() {
    resources.close();
  }
}
