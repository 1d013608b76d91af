package dev.presage.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.FeatureDeclarations;
import dev.presage.features.FeatureEngine;
import dev.presage.features.FeatureSchema;
import dev.presage.features.identity.LogEntries;
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
import dev.presage.scoring.entity.EntityType;
import dev.presage.scoring.ingest.IngestSource;
import dev.presage.scoring.metrics.CallProgress;
import dev.presage.scoring.metrics.CensusProgress;
import dev.presage.scoring.metrics.PartitionProgress;
import dev.presage.scoring.metrics.ProgressBoard;
import dev.presage.scoring.metrics.ProgressBoard.LogPartition;
import dev.presage.scoring.metrics.ScoringMetrics;
import dev.presage.scoring.population.CensusExchange;
import dev.presage.scoring.population.Population;
import dev.presage.scoring.profile.BackgroundWork;
import dev.presage.scoring.profile.BackgroundWork.ClockMode;
import dev.presage.scoring.profile.Profile;
import dev.presage.scoring.profile.SilenceLadder;
import dev.presage.scoring.rules.RuleBook;
import dev.presage.scoring.rules.RuleBooks;
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
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/**
 * The topology, without a broker: customers with {@link TestFeatures}, and what else a test wants.
 */
final class ScoringDriver implements AutoCloseable {
  /** Long work, so that one call does all there is. */
  static final BackgroundWork PATIENT =
      new BackgroundWork(ClockMode.WALL, Duration.ofMinutes(1), Duration.ofMillis(100), 1);

  private final Topics topics = Topics.unprefixed();
  private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
  private final List<EntityProfiles> entities = new ArrayList<>();
  private final RuleBooks books;
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
    this(folder, background, IngestSource.EVENTS, Map.of());
  }

  /**
   * @param others declared features of entity types beside customers
   */
  ScoringDriver(
      Path folder,
      BackgroundWork background,
      IngestSource source,
      Map<EntityType, FeatureDeclarations> others) {
    this(folder, background, source, TestFeatures.declarations(), others);
  }

  /**
   * @param customers declared features of customers
   * @param others declared features of entity types beside customers
   */
  ScoringDriver(
      Path folder,
      BackgroundWork background,
      IngestSource source,
      FeatureDeclarations customers,
      Map<EntityType, FeatureDeclarations> others) {
    entities.add(profiles(EntityType.CUSTOMER, customers));
    others.forEach((type, declarations) -> entities.add(profiles(type, declarations)));
    books = new RuleBooks(entities.stream().map(EntityProfiles::rules).toList());
    ScoringTopology topology =
        new ScoringTopology(
            topics,
            registry,
            entities,
            new ScoringMetrics(meters),
            () -> now,
            source,
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

  private static EntityProfiles profiles(EntityType type, FeatureDeclarations declarations) {
    FeatureEngine engine = new FeatureEngine(declarations);
    LiveModels models =
        new LiveModels(new ModelLoader(ModelLimits.DEFAULTS), engine.schema().fingerprint());
    return new EntityProfiles(
        type, engine, new RuleBook(type, engine.schema(), engine.pastEvents(), models));
  }

  Topics topics() {
    return topics;
  }

  /** The rules of customers. */
  RuleBook rules() {
    return entities.getFirst().rules();
  }

  /** The rules of everything that is profiled. */
  RuleBooks books() {
    return books;
  }

  FeatureSchema schema(EntityType type) {
    return entities.stream()
        .filter(it -> it.type().equals(type))
        .findFirst()
        .orElseThrow()
        .engine()
        .schema();
  }

  /** Defines a likelihood of 30 days. */
  void define(String trait) {
    define(trait, 0);
  }

  /** Defines a likelihood of 30 days of which a share of all scores are examples. */
  void define(String trait, double exampleShare) {
    books.trait(
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
            rules()
                .model(
                    trait + "/" + version,
                    TestModels.stump(
                        rules().current().schema(),
                        trait,
                        version,
                        "orders_30d",
                        orders - 0.5f,
                        -1,
                        1))
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
    send(new Event("e-" + sent, type, time, userId, device, Map.of("revenue", 12.5)));
  }

  void send(Event event) {
    String key = event.getUserId() == null ? event.getAnonymousId() : event.getUserId();
    input(topics.events(), Event.class, String.valueOf(key), event);
  }

  /** Puts an event on the customers' profile log. */
  void log(String profileId, Event event) {
    log(profileId, LogEntries.of(event));
  }

  /** Puts a record on the customers' profile log. */
  void log(String profileId, ProfileLogRecord entry) {
    input(topics.profileLog(), ProfileLogRecord.class, profileId, entry);
  }

  /** Says that two IDs are the same. */
  void link(String from, String to, Instant time) {
    input(
        topics.identityLinks(), IdentityLink.class, from, new IdentityLink(from, to, time, false));
  }

  /** Sends a privacy command. */
  void command(PrivacyAction action, String id, String requestId, Instant time) {
    input(
        topics.privacyCommands(),
        PrivacyCommand.class,
        id,
        new PrivacyCommand(id, action, requestId, time));
  }

  /** Puts a record on a topic. */
  <T extends SpecificRecord> void input(String topic, Class<T> type, String key, T value) {
    input(
        topic,
        key,
        Objects.requireNonNull(AvroSerde.of(type, registry).serializer().serialize(topic, value)));
  }

  /** Puts a record on a topic as it is. */
  void input(String topic, String key, byte[] value) {
    driver
        .createInputTopic(topic, new StringSerializer(), new ByteArraySerializer())
        .pipeInput(key, value);
  }

  /** Puts a record with headers on a topic as it is. */
  void input(String topic, TestRecord<String, byte[]> record) {
    driver
        .createInputTopic(topic, new StringSerializer(), new ByteArraySerializer())
        .pipeInput(record);
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
    return progress(EntityType.CUSTOMER);
  }

  PartitionProgress progress(EntityType type) {
    return Objects.requireNonNull(board.partitions().get(new LogPartition(type.name(), 0)));
  }

  CensusProgress census() {
    return Objects.requireNonNull(
        board.censuses().get(new LogPartition(EntityType.CUSTOMER.name(), 0)));
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
    StoredProfiles<Profile> stored = stored(EntityType.CUSTOMER);
    return stored.writtenKeysAfter(null, Integer.MAX_VALUE).stream()
        .map(it -> Objects.requireNonNull(stored.read(it)))
        .toList();
  }

  /** Takes the timers that are armed out of the agenda: the IDs of their profiles. */
  List<String> takeTimers() {
    List<String> ids = new ArrayList<>();
    AgendaStore agenda = (AgendaStore) driver.getStateStore(EntityType.CUSTOMER.agendaStore());
    agenda.fire(
        Long.MAX_VALUE - 1,
        (_, key) -> ids.add(new String(key, StandardCharsets.UTF_8)),
        () -> true);
    return ids;
  }

  /** Everything that is counted. */
  SimpleMeterRegistry meters() {
    return meters;
  }

  /**
   * How much was counted.
   *
   * @param tags names and values in turn
   */
  double counted(String name, String... tags) {
    return meters.counter(name, tags).count();
  }

  /** What came out on a topic, as it is. */
  TestOutputTopic<byte[], byte[]> output(String topic) {
    return driver.createOutputTopic(
        topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** How far the customers are with calls; null where nothing could call. */
  @Nullable CallProgress calls() {
    return board.calls().get(new LogPartition(EntityType.CUSTOMER.name(), 0));
  }

  <T extends SpecificRecord> TestOutputTopic<String, T> output(String topic, Class<T> type) {
    return driver.createOutputTopic(
        topic, new StringDeserializer(), AvroSerde.of(type, registry).deserializer());
  }

  /** What is stored of a customer's ID. */
  Profile profile(String id) {
    return Objects.requireNonNull(profile(EntityType.CUSTOMER, id));
  }

  /** What is stored of an ID; null where nothing is. */
  @Nullable Profile profile(EntityType type, String id) {
    return stored(type).read(id.getBytes(StandardCharsets.UTF_8));
  }

  @SuppressWarnings("unchecked") // The topology's stores keep profiles.
  StoredProfiles<Profile> stored(EntityType type) {
    return (StoredProfiles<Profile>) driver.getStateStore(type.profileStore());
  }

  @Override
  public void close() {
    driver.close();
  }
}
