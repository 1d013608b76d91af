package dev.presage.schemas.settings;

import dev.presage.schemas.registry.Credentials;
import dev.presage.schemas.registry.RegistryConfig;
import dev.presage.schemas.topics.Topics;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * Where the broker and the registry are and what the topics are called; the same for every
 * application.
 *
 * @param kafka settings of Kafka clients, bootstrap servers included; may hold secrets
 * @param registry how the registry is asked
 * @param topics names of the topics
 * @param partitions partitions of the topics that carry profiles
 */
public record ConnectionSettings(
    Map<String, Object> kafka, RegistryConfig registry, Topics topics, int partitions) {

  /** Partitions where nothing else is said. */
  public static final int DEFAULT_PARTITIONS = 8;

  public ConnectionSettings {
    kafka = Map.copyOf(kafka);
  }

  /**
   * Reads {@code kafka.bootstrap-servers}, {@code kafka.client.*} (passed on to every Kafka
   * client), {@code registry.url}, {@code registry.user}, {@code registry.password}, {@code
   * registry.token}, {@code registry.timeout}, {@code registry.attempts}, {@code topics.prefix} and
   * {@code topics.partitions}. Problems stay with the reader.
   */
  public static ConnectionSettings read(SettingsReader reader) {
    Map<String, Object> kafka = new HashMap<>(reader.group("kafka.client"));
    kafka.put(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, reader.required("kafka.bootstrap-servers"));
    return new ConnectionSettings(
        kafka,
        registry(reader),
        topics(reader),
        reader.integer("topics.partitions", DEFAULT_PARTITIONS, 1, 1000));
  }

  @Override
  public String toString() {
    return "ConnectionSettings[broker="
        + kafka.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)
        + ", registry="
        + registry.url()
        + ", topics="
        + topics
        + "]";
  }

  private static RegistryConfig registry(SettingsReader reader) {
    URI url = reader.requiredHttpAddress("registry.url");
    Credentials credentials = credentials(reader);
    Duration timeout =
        reader.duration("registry.timeout", Duration.ofSeconds(10), Duration.ofMillis(100));
    int attempts = reader.integer("registry.attempts", 5, 1, 100);
    try {
      return new RegistryConfig(url, credentials, timeout, attempts);
    } catch (IllegalArgumentException e) {
      reader.problem(String.valueOf(e.getMessage()));
      return RegistryConfig.of(URI.create("http://missing"));
    }
  }

  private static Credentials credentials(SettingsReader reader) {
    Optional<String> user = reader.optional("registry.user");
    Optional<String> password = reader.secret("registry.password");
    Optional<String> token = reader.secret("registry.token");
    if (user.isPresent() && token.isPresent()) {
      reader.problem("registry.user and registry.token are both given; give one of them");
    }
    if (user.isPresent() != password.isPresent()) {
      reader.problem("registry.user and registry.password belong together; one is missing");
    }
    try {
      return token
          .map(Credentials::bearer)
          .or(() -> user.map(it -> Credentials.basic(it, password.orElse(""))))
          .orElseGet(Credentials::none);
    } catch (IllegalArgumentException e) {
      reader.problem(String.valueOf(e.getMessage()));
      return Credentials.none();
    }
  }

  private static Topics topics(SettingsReader reader) {
    try {
      return new Topics(reader.string("topics.prefix", ""));
    } catch (IllegalArgumentException e) {
      reader.problem(String.valueOf(e.getMessage()));
      return Topics.unprefixed();
    }
  }
}
