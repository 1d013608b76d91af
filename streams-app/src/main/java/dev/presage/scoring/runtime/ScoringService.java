package dev.presage.scoring.runtime;

import dev.presage.features.FeatureEngine;
import dev.presage.features.state.ProfileCacheBudget;
import dev.presage.features.state.StoredProfiles;
import dev.presage.model.LiveModels;
import dev.presage.model.ModelLimits;
import dev.presage.model.ModelLoader;
import dev.presage.schemas.avro.DefinitionStatus;
import dev.presage.schemas.avro.ModelStatus;
import dev.presage.schemas.avro.PrivacyAction;
import dev.presage.schemas.avro.PrivacyCommand;
import dev.presage.schemas.registry.SchemaRegistry;
import dev.presage.schemas.settings.ConnectionSettings;
import dev.presage.schemas.topics.TopicCatalogue;
import dev.presage.schemas.topics.TopicProvisioner;
import dev.presage.scoring.EntityProfiles;
import dev.presage.scoring.ScoringTopology;
import dev.presage.scoring.entity.EntityType;
import dev.presage.scoring.metrics.CallProgress;
import dev.presage.scoring.metrics.PartitionProgress;
import dev.presage.scoring.metrics.ProgressBoard;
import dev.presage.scoring.metrics.ProgressBoard.LogPartition;
import dev.presage.scoring.metrics.QueryMetrics;
import dev.presage.scoring.metrics.QueryMetrics.Outcome;
import dev.presage.scoring.metrics.ScoringMetrics;
import dev.presage.scoring.population.CensusExchange;
import dev.presage.scoring.population.Population;
import dev.presage.scoring.profile.Profile;
import dev.presage.scoring.quality.TraitFigures;
import dev.presage.scoring.rules.RuleBook;
import dev.presage.scoring.rules.RuleBooks;
import dev.presage.scoring.runtime.DeclaredEntities.DeclaredEntity;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running application: topics, followers of definitions and models, topology. Started once,
 * closed once; what was started is closed in reverse order, also after a failed start.
 */
public final class ScoringService implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ScoringService.class);

  private final ScoringSettings settings;
  private final MeterRegistry meters;
  private final InstantSource clock;
  private final List<EntityProfiles> entities;
  private final RuleBooks books;
  private final ProgressBoard board = new ProgressBoard();
  private final Map<EntityType, ProfileTransfer> transfers = new HashMap<>();
  private final QueryMetrics queries;
  private final Population population;
  private final Parts parts = new Parts();
  private volatile @Nullable RuleFollowers followers;
  private volatile @Nullable PopulationFollower populationFollower;
  private volatile @Nullable QualityMonitor monitor;
  private volatile @Nullable StreamsRunner runner;
  private volatile @Nullable PrivacyCommands privacy;
  private volatile Map<EntityType, ProfileReader> readers = Map.of();

  /** Prepares everything and starts nothing. */
  public ScoringService(
      ScoringSettings settings,
      DeclaredEntities declarations,
      MeterRegistry meters,
      InstantSource clock) {
    this.settings = settings;
    this.meters = meters;
    this.clock = clock;
    ModelLoader loader = new ModelLoader(ModelLimits.DEFAULTS, settings.trustedKeys());
    this.entities = declarations.entities().stream().map(it -> profiles(it, loader)).toList();
    this.books = new RuleBooks(entities.stream().map(EntityProfiles::rules).toList());
    this.queries = new QueryMetrics(meters);
    entities.forEach(it -> transfers.put(it.type(), new ProfileTransfer(it.type(), it.engine())));
    this.population = new Population(settings.connections().partitions());
  }

  private static EntityProfiles profiles(DeclaredEntity entity, ModelLoader loader) {
    FeatureEngine engine = new FeatureEngine(entity.features());
    LiveModels models = new LiveModels(loader, engine.schema().fingerprint());
    return new EntityProfiles(
        entity.type(),
        engine,
        new RuleBook(entity.type(), engine.schema(), engine.pastEvents(), models));
  }

  /**
   * Starts everything; returns when events are about to be taken.
   *
   * @throws IllegalStateException when it is closed meanwhile
   */
  public void start() {
    ConnectionSettings connections = settings.connections();
    log.info("Instance {} starts with {}", settings.instanceId(), connections);
    log.info("Keys that models must be signed by one of: {}", settings.trustedKeys().count());
    SchemaRegistry registry = SchemaRegistry.connect(connections.registry());
    provision(connections, registry);
    ScoringMetrics metrics = new ScoringMetrics(meters);
    StatusPublisher<ModelStatus> modelStatus =
        parts.add(
            new StatusPublisher<>(
                connections, registry, ModelStatus.class, connections.topics().modelStatus()));
    StatusPublisher<DefinitionStatus> definitionStatus =
        parts.add(
            new StatusPublisher<>(
                connections,
                registry,
                DefinitionStatus.class,
                connections.topics().definitionStatus()));
    RuleFollowers rulesFollowers = parts.add(new RuleFollowers(connections, registry));
    followers = rulesFollowers;
    ModelStatusReporter modelReporter =
        new ModelStatusReporter(modelStatus::publish, settings.instanceId(), clock);
    rulesFollowers.catchUp(
        books,
        new DefinitionStatusReporter(definitionStatus, settings.instanceId(), clock),
        new ModelHandler(books, modelReporter, metrics));
    PopulationFollower following =
        parts.add(new PopulationFollower(connections, registry, population));
    populationFollower = following;
    following.awaitCaughtUp();
    ScoringTopology topology =
        new ScoringTopology(
            connections.topics(),
            registry,
            entities,
            metrics,
            clock,
            settings.source(),
            settings.futureTolerance(),
            settings.silence(),
            settings.background(),
            board,
            new CensusExchange(population, settings.populationInterval()),
            new ProfileCacheBudget(settings.cacheMebibytes() * (1L << 20)));
    privacy = parts.add(new PrivacyCommands(connections, registry));
    metrics.progress(board);
    StreamsRunner streams = parts.add(new StreamsRunner(topology.build(), settings));
    runner = streams;
    readers =
        entities.stream()
            .map(EntityProfiles::type)
            .collect(Collectors.toUnmodifiableMap(it -> it, it -> reader(it, streams)));
    KafkaStreamsMetrics kafkaMetrics = parts.add(new KafkaStreamsMetrics(streams.streams()));
    kafkaMetrics.bindTo(meters);
    monitor =
        parts.add(
            QualityMonitor.start(
                connections,
                registry,
                settings.quality(),
                new MeasuredTraits(entities.stream().map(EntityProfiles::rules).toList()),
                metrics,
                modelReporter));
    streams.start();
  }

  private ProfileReader reader(EntityType type, StreamsRunner streams) {
    InstanceClient others =
        parts.add(new InstanceClient(transfer(type), settings.queries().forwardTimeout()));
    return new ProfileReader(
        settings.advertised(),
        new StreamsProfileStores(streams.streams(), type, settings.guarantee()),
        others,
        settings.queries().standbyReads());
  }

  /** Whether events are being taken and definitions followed. */
  public boolean isReady() {
    StreamsRunner streams = runner;
    RuleFollowers following = followers;
    PopulationFollower ofPopulation = populationFollower;
    return streams != null
        && following != null
        && ofPopulation != null
        && streams.streams().state() == KafkaStreams.State.RUNNING
        && following.areFollowing()
        && ofPopulation.isFollowing();
  }

  /** A word on what the topology does, for people. */
  public String state() {
    StreamsRunner streams = runner;
    return streams == null ? "STARTING" : streams.streams().state().name();
  }

  /**
   * Completes when the topology or a follower of definitions has ended; exceptionally when it did
   * so by itself, so that nobody goes on to score by rules that nobody keeps up to date.
   */
  public CompletableFuture<?> ended() {
    StreamsRunner streams = runner;
    RuleFollowers following = followers;
    PopulationFollower ofPopulation = populationFollower;
    return streams == null || following == null || ofPopulation == null
        ? CompletableFuture.failedFuture(new IllegalStateException("Not started"))
        : CompletableFuture.anyOf(streams.ended(), following.ended(), ofPopulation.ended());
  }

  /** What is profiled, customers first. */
  public List<EntityProfiles> entities() {
    return entities;
  }

  /** What is profiled under a name; empty where there is no such entity type. */
  public Optional<EntityProfiles> entity(String name) {
    return entities.stream().filter(it -> it.type().name().equals(name)).findFirst();
  }

  /**
   * Puts a privacy command on its topic.
   *
   * @param id any external ID of the profile
   * @return the ID under which it will be acknowledged
   * @throws StoreUnavailableException when it could not be put there
   */
  public String command(PrivacyAction action, String id) {
    PrivacyCommands commands = privacy;
    if (commands == null) {
      throw new StoreUnavailableException("The application is starting");
    }
    String requestId = UUID.randomUUID().toString();
    commands.send(new PrivacyCommand(id, action, requestId, clock.instant()));
    return requestId;
  }

  /** How far the partitions of this instance have come with what they do beside events. */
  public Map<LogPartition, PartitionProgress> progress() {
    return board.partitions();
  }

  /**
   * How far the partitions of this instance have come with triggers whose recipients are sought.
   */
  public Map<LogPartition, CallProgress> calls() {
    return board.calls();
  }

  /** The values and segments of all profiles, those on other instances included. */
  public Population population() {
    return population;
  }

  /** What was measured last of the models of a trait. */
  public TraitFigures quality(String trait) {
    QualityMonitor started = monitor;
    return started == null ? TraitFigures.NONE : started.quality().of(trait);
  }

  /**
   * The written profiles of the partitions that this instance has now, for whoever goes through
   * many of them.
   *
   * @throws StoreUnavailableException while a store is being restored or moved
   */
  public SortedMap<Integer, StoredProfiles<Profile>> profiles(EntityType type) {
    StreamsRunner streams = runner;
    if (streams == null) {
      throw new StoreUnavailableException("The application is starting");
    }
    SortedMap<Integer, StoredProfiles<Profile>> profiles = new TreeMap<>();
    for (LogPartition log : board.partitions().keySet()) {
      if (log.entityType().equals(type.name())) {
        profiles.put(log.partition(), profiles(streams, type, log.partition()));
      }
    }
    return profiles;
  }

  private static StoredProfiles<Profile> profiles(
      StreamsRunner streams, EntityType type, int partition) {
    try {
      StoreQueryParameters<StoredProfiles<Profile>> query =
          StoreQueryParameters.fromNameAndType(type.profileStore(), StoredProfiles.type());
      return streams.streams().store(query.withPartition(partition));
    } catch (InvalidStateStoreException e) {
      throw new StoreUnavailableException("The profile store is being restored: " + e.getMessage());
    }
  }

  /**
   * The profile that an ID resolves to, from whichever instance has it: as of its last commit, or a
   * bit later; of a standby replica, as of what it has applied.
   *
   * @throws StoreUnavailableException while no instance can read it
   */
  public Optional<CanonicalProfile> profile(EntityType type, String id) {
    try {
      Optional<CanonicalProfile> found = reader(type).follow(id);
      queries.read(
          found
              .map(it -> it.found().isStandby() ? Outcome.STANDBY : Outcome.FOUND)
              .orElse(Outcome.UNKNOWN));
      return found;
    } catch (StoreUnavailableException e) {
      queries.read(Outcome.UNAVAILABLE);
      throw e;
    }
  }

  /**
   * The profile of an ID as this instance has it, for another instance.
   *
   * @throws StoreUnavailableException while this one cannot read it
   */
  public Optional<FoundProfile> profileHere(EntityType type, String id) {
    return reader(type).readHere(id);
  }

  /** How profiles are given to other instances. */
  public ProfileTransfer transfer(EntityType type) {
    return Objects.requireNonNull(transfers.get(type), type::name);
  }

  private ProfileReader reader(EntityType type) {
    ProfileReader started = readers.get(type);
    if (started == null) {
      throw new StoreUnavailableException("The application is starting");
    }
    return started;
  }

  /** What the topics of the contract must be, made so. */
  private void provision(ConnectionSettings connections, SchemaRegistry registry) {
    TopicCatalogue catalogue =
        new TopicCatalogue(
            connections.topics(),
            connections.partitions(),
            settings.entities().stream().map(it -> it.type().name()).toList());
    Admin admin = parts.add(Admin.create(connections.kafka()));
    new TopicProvisioner(admin).ensure(catalogue);
    new StreamsGroup(admin, StreamsConfiguration.applicationId(settings))
        .ensure(settings.replicas());
    parts.close(admin);
    catalogue.registerSchemas(registry);
  }

  @Override
  public void close() {
    parts.close();
  }
}
