package dev.presage.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.FeatureEngine;
import dev.presage.features.state.AgendaStore;
import dev.presage.features.state.ProfileCacheBudget;
import dev.presage.features.state.StoredProfiles;
import dev.presage.model.LiveModels;
import dev.presage.model.ModelLimits;
import dev.presage.model.ModelLoader;
import dev.presage.schemas.avro.Census;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.IdentityLink;
import dev.presage.schemas.avro.PrivacyAction;
import dev.presage.schemas.avro.PrivacyCommand;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.registry.InMemorySchemaRegistry;
import dev.presage.schemas.topics.Topics;
import dev.presage.schemas.wire.AvroSerde;
import dev.presage.scoring.metrics.CensusProgress;
import dev.presage.scoring.metrics.PartitionProgress;
import dev.presage.scoring.metrics.ProgressBoard;
import dev.presage.scoring.metrics.ScoringMetrics;
import dev.presage.scoring.population.CensusExchange;
import dev.presage.scoring.population.Population;
import dev.presage.scoring.profile.BackgroundWork;
import dev.presage.scoring.profile.BackgroundWork.ClockMode;
import dev.presage.scoring.profile.Profile;
import dev.presage.scoring.profile.SilenceLadder;
import dev.presage.scoring.rules.RuleBook;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;

/** The topology over {@link TestFeatures}, without a broker. */
final class ScoringDriver implements AutoCloseable {
  /** Long work, so that one call does all there is. */
  static final BackgroundWork PATIENT =
      new BackgroundWork(ClockMode.WALL, Duration.ofMinutes(1), Duration.ofMillis(100), 1);

  private final Topics topics = Topics.unprefixed();
  private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
  private final FeatureEngine engine = new FeatureEngine(TestFeatures.declarations());
  private final RuleBook rules =
      new RuleBook(
          engine.schema(),
          new LiveModels(new ModelLoader(ModelLimits.DEFAULTS), engine.schema().fingerprint()));
  private final Population population = new Population(1);
  private final ProgressBoard board = new ProgressBoard();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final TopologyTestDriver driver;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private int sent;

  ScoringDriver(Path folder) {
    this(folder, PATIENT);
  }

  ScoringDriver(Path folder, BackgroundWork background) {
    ScoringTopology topology =
        new ScoringTopology(
            topics,
            registry,
            engine,
            rules,
            new ScoringMetrics(meters),
            () -> now,
            Duration.ofMinutes(5),
            SilenceLadder.STANDARD,
            background,
            board,
            new CensusExchange(population, Duration.ofSeconds(5)),
            new ProfileCacheBudget(ProfileCacheBudget.DEFAULT_BYTES));
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    this.driver = new TopologyTestDriver(topology.build(), settings, now);
  }

  Topics topics() {
    return topics;
  }

  RuleBook rules() {
    return rules;
  }

  /** Defines a likelihood of 30 days. */
  void define(String trait) {
    define(trait, 0);
  }

  /** Defines a likelihood of 30 days of which a share of all scores are examples. */
  void define(String trait, double exampleShare) {
    rules.trait(
        trait,
        TraitDefinition.newBuilder()
            .setTrait(trait)
            .setTarget(new Target("order_completed", "true"))
            .setHorizonMillis(Duration.ofDays(30).toMillis())
            .setExampleShare(exampleShare)
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
    event("order_completed", userId, null, time);
  }

  /** Sends an event, with an event ID of its own. */
  void event(String type, @Nullable String userId, @Nullable String device, Instant time) {
    sent++;
    Event event = new Event("e-" + sent, type, time, userId, device, Map.of("revenue", 12.5));
    String key = userId == null ? device : userId;
    input(topics.events(), Event.class, String.valueOf(key), event);
  }

  /** Says that two IDs are the same. */
  void link(String from, String to, Instant time) {
    input(
        topics.identityLinks(), IdentityLink.class, from, new IdentityLink(from, to, time, false));
  }

  /** Puts a record on the log of an ID, as another partition's task would. */
  void log(String id, ProfileLogRecord entry) {
    input(topics.profileLog(), ProfileLogRecord.class, id, entry);
  }

  /** Sends a privacy command. */
  void command(PrivacyAction action, String id, String requestId, Instant time) {
    input(
        topics.privacyCommands(),
        PrivacyCommand.class,
        id,
        new PrivacyCommand(id, action, requestId, time));
  }

  private <T extends SpecificRecord> void input(String topic, Class<T> type, String key, T value) {
    driver
        .createInputTopic(topic, new StringSerializer(), new ByteArraySerializer())
        .pipeInput(
            key,
            Objects.requireNonNull(
                AvroSerde.of(type, registry).serializer().serialize(topic, value)));
  }

  /** Lets wall-clock time pass, and what is done in the background be done. */
  void pass(Duration time) {
    now = now.plus(time);
    driver.advanceWallClockTime(time);
  }

  /** Lets what is due be done, while no time to speak of passes. */
  void settle() {
    pass(Duration.ofMillis(100));
  }

  Instant now() {
    return now;
  }

  PartitionProgress progress() {
    return Objects.requireNonNull(board.partitions().get(0));
  }

  CensusProgress census() {
    return Objects.requireNonNull(board.censuses().get(0));
  }

  Population population() {
    return population;
  }

  /** Follows the topic of the population, as an instance would; returns how many records came. */
  int hearPopulation() {
    List<KeyValue<String, Census>> records =
        output(topics.population(), Census.class).readKeyValuesToList();
    records.forEach(it -> population.onRecord(it.key, it.value));
    return records.size();
  }

  /** Everything that is stored. */
  List<Profile> profiles() {
    StoredProfiles<Profile> stored = stored();
    return stored.writtenKeysAfter(null, Integer.MAX_VALUE).stream()
        .map(it -> Objects.requireNonNull(stored.read(it)))
        .toList();
  }

  /** Takes the timers that are armed out of the agenda: the IDs of their profiles. */
  List<String> takeTimers() {
    List<String> ids = new ArrayList<>();
    AgendaStore agenda = (AgendaStore) driver.getStateStore(ScoringTopology.AGENDA);
    agenda.fire(
        Long.MAX_VALUE - 1,
        (_, key) -> ids.add(new String(key, StandardCharsets.UTF_8)),
        () -> true);
    return ids;
  }

  double counted(String name, String tag, String value) {
    return meters.counter(name, tag, value).count();
  }

  <T extends SpecificRecord> TestOutputTopic<String, T> output(String topic, Class<T> type) {
    return driver.createOutputTopic(
        topic, new StringDeserializer(), AvroSerde.of(type, registry).deserializer());
  }

  /** What is stored of an ID. */
  Profile profile(String id) {
    return Objects.requireNonNull(stored().read(id.getBytes(StandardCharsets.UTF_8)));
  }

  @SuppressWarnings("unchecked") // The topology's store keeps profiles.
  StoredProfiles<Profile> stored() {
    return (StoredProfiles<Profile>) driver.getStateStore(ScoringTopology.PROFILES);
  }

  @Override
  public void close() {
    driver.close();
  }
}
