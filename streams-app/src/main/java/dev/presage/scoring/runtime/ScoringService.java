package dev.presage.scoring.runtime;

import dev.presage.features.FeatureDeclarations;
import dev.presage.features.FeatureEngine;
import dev.presage.features.state.ProfileCodec;
import dev.presage.model.LiveModels;
import dev.presage.model.ModelLimits;
import dev.presage.model.ModelLoader;
import dev.presage.schemas.registry.SchemaRegistry;
import dev.presage.schemas.settings.ConnectionSettings;
import dev.presage.schemas.topics.TopicCatalogue;
import dev.presage.schemas.topics.TopicProvisioner;
import dev.presage.scoring.ScoringTopology;
import dev.presage.scoring.metrics.ScoringMetrics;
import dev.presage.scoring.profile.Profile;
import dev.presage.scoring.profile.StoredProfile;
import dev.presage.scoring.rules.RuleBook;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
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
  private final FeatureDeclarations declarations;
  private final FeatureEngine engine;
  private final RuleBook rules;
  private final StoredProfile codec;
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private volatile @Nullable RuleFollowers followers;
  private volatile @Nullable StreamsRunner runner;

  /**
   * Reads the declared features; starts nothing.
   *
   * @throws dev.presage.features.InvalidDeclarationsException when they are wrong
   */
  public ScoringService(ScoringSettings settings, MeterRegistry meters, InstantSource clock) {
    this.settings = settings;
    this.meters = meters;
    this.clock = clock;
    this.declarations = declarations(settings.featuresFile());
    this.engine = new FeatureEngine(declarations);
    this.codec = new StoredProfile(new ProfileCodec(engine));
    this.rules =
        new RuleBook(
            engine.schema(),
            new LiveModels(new ModelLoader(ModelLimits.DEFAULTS), engine.schema().fingerprint()));
  }

  /** Starts everything; returns when events are about to be taken. */
  public synchronized void start() {
    ConnectionSettings connections = settings.connections();
    log.info("Instance {} starts with {}", settings.instanceId(), connections);
    SchemaRegistry registry = SchemaRegistry.connect(connections.registry());
    provision(connections, registry);
    ScoringMetrics metrics = new ScoringMetrics(meters);
    ModelStatusPublisher status = started(new ModelStatusPublisher(connections, registry));
    RuleFollowers rulesFollowers = started(new RuleFollowers(connections, registry));
    followers = rulesFollowers;
    rulesFollowers.catchUp(
        rules, new ModelHandler(rules, status, metrics, settings.instanceId(), clock));
    ScoringTopology topology =
        new ScoringTopology(
            connections.topics(),
            registry,
            declarations,
            rules,
            metrics,
            clock,
            settings.futureTolerance());
    StreamsRunner streams = started(new StreamsRunner(topology.build(), settings));
    runner = streams;
    KafkaStreamsMetrics kafkaMetrics = started(new KafkaStreamsMetrics(streams.streams()));
    kafkaMetrics.bindTo(meters);
    streams.start();
  }

  /** Whether events are being taken and definitions followed. */
  public boolean isReady() {
    StreamsRunner streams = runner;
    RuleFollowers following = followers;
    return streams != null
        && following != null
        && streams.streams().state() == KafkaStreams.State.RUNNING
        && following.areFollowing();
  }

  /** A word on what the topology does, for people. */
  public String state() {
    StreamsRunner streams = runner;
    return streams == null ? "STARTING" : streams.streams().state().name();
  }

  /** Completes when the topology has ended; exceptionally when it did so by itself. */
  public CompletableFuture<@Nullable Void> ended() {
    StreamsRunner streams = runner;
    return streams == null
        ? CompletableFuture.failedFuture(new IllegalStateException("Not started"))
        : streams.ended();
  }

  /** What profiles are scored by. */
  public RuleBook rules() {
    return rules;
  }

  /** The features that are kept. */
  public FeatureEngine engine() {
    return engine;
  }

  /**
   * The profile of an ID as this instance has it now.
   *
   * @throws StoreUnavailableException while the store is being restored or moved, or where another
   *     instance has it
   */
  public Optional<Profile> profile(String id) {
    StreamsRunner streams = runner;
    if (streams == null) {
      throw new StoreUnavailableException("The application is starting");
    }
    try {
      KeyQueryMetadata where =
          streams
              .streams()
              .queryMetadataForKey(ScoringTopology.PROFILES, id, new StringSerializer());
      StoreQueryParameters<ReadOnlyKeyValueStore<String, byte[]>> query =
          StoreQueryParameters.fromNameAndType(
              ScoringTopology.PROFILES, QueryableStoreTypes.keyValueStore());
      if (where.partition() >= 0) {
        query = query.withPartition(where.partition());
      }
      return Optional.ofNullable(streams.streams().store(query).get(id)).map(codec::decode);
    } catch (InvalidStateStoreException e) {
      throw new StoreUnavailableException(
          "The profile store is being restored, or another instance has this profile: "
              + e.getMessage());
    }
  }

  @Override
  public synchronized void close() {
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        log.warn("A part did not close cleanly", e);
      }
    }
  }

  private static FeatureDeclarations declarations(Path file) {
    try {
      return FeatureDeclarations.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The declared features cannot be read from " + file, e);
    }
  }

  private <T extends AutoCloseable> T started(T part) {
    started.push(part);
    return part;
  }

  private static void provision(ConnectionSettings connections, SchemaRegistry registry) {
    TopicCatalogue catalogue = new TopicCatalogue(connections.topics(), connections.partitions());
    try (Admin admin = Admin.create(connections.kafka())) {
      new TopicProvisioner(admin).ensure(catalogue);
    }
    catalogue.registerSchemas(registry);
  }
}
