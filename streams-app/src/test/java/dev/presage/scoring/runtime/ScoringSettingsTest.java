package dev.presage.scoring.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.presage.schemas.settings.InvalidSettingsException;
import dev.presage.schemas.settings.SettingsReader;
import dev.presage.scoring.TestFeatures;
import dev.presage.scoring.entity.EntityType;
import dev.presage.scoring.ingest.IngestSource;
import dev.presage.scoring.runtime.ReplicaSettings.GroupProtocol;
import dev.presage.scoring.runtime.ScoringSettings.Guarantee;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoringSettingsTest {
  private final Map<String, String> given = new HashMap<>();

  @BeforeEach
  void giveWhatIsRequired(@TempDir Path folder) throws IOException {
    Path features = Files.writeString(folder.resolve("features.yaml"), "");
    given.put("kafka.bootstrap-servers", "127.0.0.1:9092");
    given.put("registry.url", "http://127.0.0.1:8081");
    given.put("features.file", features.toString());
  }

  @Test
  void shouldHaveDefaults() {
    ScoringSettings settings = read();

    assertThat(settings.instanceId()).endsWith("-8080").matches("[a-zA-Z0-9._-]+");
    assertThat(settings.stateDir()).isEqualTo(Path.of("presage-state"));
    assertThat(settings.stateMemoryMebibytes()).isEqualTo(256);
    assertThat(settings.cacheMebibytes()).isEqualTo(64);
    assertThat(settings.streamThreads()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(settings.commitInterval()).isEqualTo(Duration.ofMillis(100));
    assertThat(settings.linger()).isEqualTo(Duration.ofMillis(100));
    assertThat(settings.guarantee()).isEqualTo(Guarantee.EXACTLY_ONCE_V2);
    assertThat(settings.source()).isEqualTo(IngestSource.EVENTS);
    assertThat(settings.futureTolerance()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.replicas())
        .isEqualTo(new ReplicaSettings(GroupProtocol.CLASSIC, 0, 10_000, 2, Duration.ofMinutes(1)));
    assertThat(settings.queries()).isEqualTo(new QuerySettings(true, Duration.ofSeconds(2)));
    assertThat(settings.populationInterval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.quality())
        .isEqualTo(new QualitySettings(Duration.ofMinutes(1), Duration.ofDays(30), 10_000));
    assertThat(settings.entities()).isEmpty();
    assertThat(settings.trustedKeys().areRequired()).isFalse();
    assertThat(settings.httpHost()).isEqualTo("127.0.0.1");
    assertThat(settings.httpPort()).isEqualTo(8080);
  }

  @Test
  void shouldCommitLessOftenAndSendSoonerWhereConsumersDoNotWaitForCommits() {
    given.put("streams.guarantee", "at-least-once");

    assertThat(read().commitInterval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(read().linger()).isEqualTo(Duration.ofMillis(5));
  }

  @Test
  void shouldTakeEverySetting() {
    given.put("instance-id", "a");
    given.put("state.dir", "elsewhere");
    given.put("state.memory-mib", "64");
    given.put("state.cache-mib", "16");
    given.put("streams.threads", "3");
    given.put("streams.commit-interval", "2s");
    given.put("streams.linger", "20ms");
    given.put("streams.guarantee", "at-least-once");
    given.put("streams.group-protocol", "streams");
    given.put("streams.standby-replicas", "1");
    given.put("streams.acceptable-recovery-lag", "500");
    given.put("streams.max-warmup-replicas", "8");
    given.put("streams.probing-rebalance-interval", "5m");
    given.put("ingest.source", "log");
    given.put("ingest.future-tolerance", "1h");
    given.put("population.interval", "30s");
    given.put("quality.interval", "10s");
    given.put("quality.window", "7d");
    given.put("quality.examples", "0");
    given.put("models.trusted-keys", "zrrAQ0fmNhRFlFXW4cE/PQncferhhi8vbn0niHh1cGg=");
    given.put("http.host", "0.0.0.0");
    given.put("http.port", "9000");
    given.put("http.advertised-host", "scoring-0.example");
    given.put("http.standby-reads", "false");
    given.put("http.forward-timeout", "500ms");

    ScoringSettings settings = read();

    assertThat(settings.instanceId()).isEqualTo("a");
    assertThat(settings.stateDir()).isEqualTo(Path.of("elsewhere"));
    assertThat(settings.stateMemoryMebibytes()).isEqualTo(64);
    assertThat(settings.cacheMebibytes()).isEqualTo(16);
    assertThat(settings.streamThreads()).isEqualTo(3);
    assertThat(settings.commitInterval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.linger()).isEqualTo(Duration.ofMillis(20));
    assertThat(settings.guarantee()).isEqualTo(Guarantee.AT_LEAST_ONCE);
    assertThat(settings.replicas())
        .isEqualTo(new ReplicaSettings(GroupProtocol.STREAMS, 1, 500, 8, Duration.ofMinutes(5)));
    assertThat(settings.source()).isEqualTo(IngestSource.LOG);
    assertThat(settings.futureTolerance()).isEqualTo(Duration.ofHours(1));
    assertThat(settings.populationInterval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.quality())
        .isEqualTo(new QualitySettings(Duration.ofSeconds(10), Duration.ofDays(7), 0));
    assertThat(settings.trustedKeys().count()).isEqualTo(1);
    assertThat(settings.httpHost()).isEqualTo("0.0.0.0");
    assertThat(settings.httpPort()).isEqualTo(9000);
    assertThat(settings.advertised()).isEqualTo(new HostInfo("scoring-0.example", 9000));
    assertThat(settings.queries()).isEqualTo(new QuerySettings(false, Duration.ofMillis(500)));
  }

  @Test
  void shouldNotBeKnownByAnAddressThatIsEveryMachinesOwn() {
    given.put("http.host", "0.0.0.0");

    assertThat(read().advertised().host()).matches("[a-zA-Z0-9._-]+").isNotEqualTo("0.0.0.0");

    given.put("http.advertised-host", "::");

    assertThat(catchThrowableOfType(InvalidSettingsException.class, this::read).problems())
        .containsExactly(
            "presage.http.advertised-host is '::', which is the asking instance itself wherever it"
                + " is asked; give a name or an address of this one");
  }

  @Test
  void shouldNameEveryProblemAtOnce() {
    given.remove("registry.url");
    given.put("features.file", "nowhere.yaml");
    given.put("streams.guarantee", "exactly_once");
    given.put("http.port", "80000");
    given.put("models.trusted-keys", "nowhere.pem");
    given.put("stream.threads", "2");

    InvalidSettingsException thrown =
        catchThrowableOfType(InvalidSettingsException.class, this::read);

    assertThat(thrown.problems())
        .containsExactlyInAnyOrder(
            "presage.registry.url is missing; it has no default",
            "presage.features.file is 'nowhere.yaml'; expected a file that can be read",
            "presage.streams.guarantee is 'exactly_once'; expected one of at_least_once,"
                + " exactly_once_v2",
            "presage.http.port is '80000'; expected a whole number from 1 to 65535",
            "presage.models.trusted-keys: 'nowhere.pem' cannot be read; expected base64 of a public"
                + " Ed25519 key, or a PEM file with one",
            "presage.stream.threads is not a setting; did you mean presage.streams.threads?");
  }

  @Test
  void shouldTakeEntityTypes() {
    given.put("entities.item.key-property", "productId");
    given.put("entities.item.features.file", features());
    given.put("entities.brand.key-property", "brand");
    given.put("entities.brand.features.file", features());

    assertThat(read().entities())
        .containsExactly(
            new EntitySettings(new EntityType("brand", "brand"), Path.of(features())),
            new EntitySettings(new EntityType("item", "productId"), Path.of(features())));
  }

  @Test
  void shouldTakeEntityTypesFromTheEnvironment() {
    Properties system = new Properties();
    given.forEach((key, value) -> system.put("presage." + key, value));

    assertThat(
            ScoringSettings.read(
                    SettingsReader.ofProcess(
                        "presage.",
                        system,
                        Map.of(
                            "PRESAGE_ENTITIES_SHOP_ITEM_KEY_PROPERTY",
                            "productId",
                            "PRESAGE_ENTITIES_SHOP_ITEM_FEATURES_FILE",
                            features())))
                .entities())
        .containsExactly(
            new EntitySettings(new EntityType("shop_item", "productId"), Path.of(features())));
  }

  @Test
  void shouldNameEveryProblemOfEntityTypes() {
    given.put("entities.item.key-propery", "productId");
    given.put("entities.item.features.file", "nowhere.yaml");
    given.put("entities.customer.key-property", "userId");
    given.put("entities.customer.features.file", features());
    given.put("entities.Shop.key-property", "shop");
    given.put("entities.Shop.features.file", features());

    assertThat(catchThrowableOfType(InvalidSettingsException.class, this::read).problems())
        .containsExactlyInAnyOrder(
            "presage.entities.item.key-property is missing; it has no default",
            "presage.entities.item.features.file is 'nowhere.yaml'; expected a file that can be"
                + " read",
            "presage.entities.item.key-propery is not a setting; did you mean"
                + " presage.entities.item.key-property?",
            "presage.entities.customer is not to be set: customers are keyed by the IDs of events,"
                + " and their features are declared in presage.features.file",
            "presage.entities.Shop: The entity type is named 'Shop'; a name has lower-case letters,"
                + " digits and _, begins with a letter and has at most 64 characters");
  }

  @Test
  void shouldRefuseFeaturesOfAnotherEntityType(@TempDir Path folder) throws IOException {
    Path customers = Files.writeString(folder.resolve("customers.yaml"), TestFeatures.YAML);
    given.put("features.file", customers.toString());
    given.put("entities.item.key-property", "productId");
    given.put("entities.item.features.file", customers.toString());

    assertThat(
            catchThrowableOfType(
                    InvalidSettingsException.class, () -> DeclaredEntities.read(read()))
                .problems())
        .containsExactly(
            "presage.entities.item.features.file is '"
                + customers
                + "', which declares features of entity type customer; write 'entity: item' in it,"
                + " or name another file");
  }

  private String features() {
    return Objects.requireNonNull(given.get("features.file"));
  }

  @Test
  void shouldConfigureKafkaStreamsFromIt() {
    given.put("topics.prefix", "test-");

    assertThat(StreamsConfiguration.of(read()))
        .containsEntry("application.id", "test-presage-scoring")
        .containsEntry("processing.guarantee", "exactly_once_v2")
        .containsEntry("commit.interval.ms", 100L)
        .containsEntry("application.server", "127.0.0.1:8080")
        .containsEntry("group.protocol", "classic")
        .containsEntry("num.standby.replicas", 0)
        .containsEntry("acceptable.recovery.lag", 10_000L)
        .containsEntry("max.warmup.replicas", 2)
        .containsEntry("probing.rebalance.interval.ms", 60_000L)
        .containsKey("consumer.group.instance.id");
  }

  @Test
  void shouldLeaveToTheBrokerWhatItDecidesUnderTheStreamsProtocol() {
    given.put("streams.group-protocol", "streams");

    assertThat(StreamsConfiguration.of(read()))
        .containsEntry("group.protocol", "streams")
        .doesNotContainKeys(
            "consumer.group.instance.id", "num.standby.replicas", "max.warmup.replicas");
  }

  private ScoringSettings read() {
    return ScoringSettings.read(new SettingsReader("presage.", given));
  }
}
