package dev.presage.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.FeatureEngine;
import dev.presage.features.state.ProfileCacheBudget;
import dev.presage.features.state.StoredProfiles;
import dev.presage.model.LiveModels;
import dev.presage.model.ModelLimits;
import dev.presage.model.ModelLoader;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.registry.InMemorySchemaRegistry;
import dev.presage.schemas.topics.Topics;
import dev.presage.schemas.wire.AvroSerde;
import dev.presage.scoring.metrics.ScoringMetrics;
import dev.presage.scoring.profile.Profile;
import dev.presage.scoring.rules.RuleBook;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/** The topology over {@link TestFeatures}, without a broker. */
final class ScoringDriver implements AutoCloseable {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Topics topics = Topics.unprefixed();
  private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
  private final FeatureEngine engine = new FeatureEngine(TestFeatures.declarations());
  private final RuleBook rules =
      new RuleBook(
          engine.schema(),
          new LiveModels(new ModelLoader(ModelLimits.DEFAULTS), engine.schema().fingerprint()));
  private final TopologyTestDriver driver;
  private final TestInputTopic<String, byte[]> events;
  private int sent;

  ScoringDriver(Path folder) {
    ScoringTopology topology =
        new ScoringTopology(
            topics,
            registry,
            engine,
            rules,
            new ScoringMetrics(new SimpleMeterRegistry()),
            () -> NOW,
            Duration.ofMinutes(5),
            new ProfileCacheBudget(ProfileCacheBudget.DEFAULT_BYTES));
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    this.driver = new TopologyTestDriver(topology.build(), settings);
    this.events =
        driver.createInputTopic(topics.events(), new StringSerializer(), new ByteArraySerializer());
  }

  Topics topics() {
    return topics;
  }

  RuleBook rules() {
    return rules;
  }

  /** Defines a likelihood of 30 days. */
  void define(String trait) {
    rules.trait(
        trait,
        TraitDefinition.newBuilder()
            .setTrait(trait)
            .setTarget(new Target("order_completed", "true"))
            .setHorizonMillis(Duration.ofDays(30).toMillis())
            .build());
  }

  /** Makes live what says 0.27 below a number of orders in 30 days, else 0.73. */
  void serve(String trait, String version, float orders) {
    assertThat(
            rules
                .model(
                    trait + "/" + version,
                    TestModels.stump(
                        engine.schema(), trait, version, "orders_30d", orders - 0.5f, -1, 1))
                .reason())
        .isNull();
  }

  /** Sends an order, with an event ID of its own. */
  void order(String userId, Instant time) {
    sent++;
    Event event =
        new Event("e-" + sent, "order_completed", time, userId, null, Map.of("revenue", 12.5));
    events.pipeInput(
        userId,
        Objects.requireNonNull(
            AvroSerde.of(Event.class, registry).serializer().serialize(topics.events(), event)));
  }

  <T extends SpecificRecord> TestOutputTopic<String, T> output(String topic, Class<T> type) {
    return driver.createOutputTopic(
        topic, new StringDeserializer(), AvroSerde.of(type, registry).deserializer());
  }

  /** What is stored of an ID. */
  @SuppressWarnings("unchecked") // The topology's store keeps profiles.
  Profile profile(String id) {
    return Objects.requireNonNull(
        ((StoredProfiles<Profile>) driver.getStateStore(ScoringTopology.PROFILES))
            .read(id.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void close() {
    driver.close();
  }
}
