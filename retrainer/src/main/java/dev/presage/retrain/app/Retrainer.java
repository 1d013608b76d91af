package dev.presage.retrain.app;

import dev.presage.features.FeatureDeclarations;
import dev.presage.features.FeatureEngine;
import dev.presage.features.FeatureSchema;
import dev.presage.model.LiveModels;
import dev.presage.model.ModelLimits;
import dev.presage.model.ModelLoader;
import dev.presage.retrain.files.FileHistory;
import dev.presage.retrain.files.RowFiles;
import dev.presage.retrain.history.History;
import dev.presage.retrain.kafka.DefinitionTopic;
import dev.presage.retrain.kafka.ExampleScores;
import dev.presage.retrain.kafka.ExampleVectors;
import dev.presage.retrain.kafka.ModelTopic;
import dev.presage.retrain.kafka.ProfileLogHistory;
import dev.presage.retrain.kafka.PublishedModels;
import dev.presage.retrain.kafka.TraitDefinitions;
import dev.presage.retrain.kafka.TraitUpdateTopic;
import dev.presage.retrain.live.LiveQuality;
import dev.presage.retrain.live.LiveQualityMeasurement;
import dev.presage.retrain.live.SnapshotQuality;
import dev.presage.retrain.live.SnapshotQualityMeasurement;
import dev.presage.retrain.registry.ModelImport;
import dev.presage.retrain.registry.ModelRegistry;
import dev.presage.retrain.registry.RegisteredModel;
import dev.presage.retrain.runs.DataCheck;
import dev.presage.retrain.runs.ParityCheck;
import dev.presage.retrain.runs.RowHandling;
import dev.presage.retrain.runs.RowStore;
import dev.presage.retrain.runs.RunQueue;
import dev.presage.retrain.runs.RunState;
import dev.presage.retrain.runs.RunStatus;
import dev.presage.retrain.runs.Training;
import dev.presage.retrain.runs.TraitStatus;
import dev.presage.retrain.schedule.Occasion;
import dev.presage.retrain.traits.Trait;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelStage;
import dev.presage.schemas.avro.ModelStatus;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.schemas.avro.TrainingExample;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.schemas.registry.SchemaRegistry;
import dev.presage.schemas.settings.ConnectionSettings;
import dev.presage.schemas.topics.CompactedTopicFollower;
import dev.presage.schemas.topics.Topics;
import dev.presage.schemas.wire.AvroSerde;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parts of the retrainer, put together. Thread-safe. */
public final class Retrainer implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofMinutes(1);

  /** Vectors that are held against what was served; 5 MB at 50 features. */
  private static final int MOST_COMPARED = 10_000;

  private static final Duration BETWEEN_SNAPSHOTS = Duration.ofDays(7);

  private final FeatureEngine engine;
  private final TraitDefinitions definitions = new TraitDefinitions();
  private final PublishedModels models;
  private final ModelRegistry registeredModels;
  private final ModelImport modelImport;
  private final CompactedTopicFollower<TraitDefinition> definitionsFollower;
  private final CompactedTopicFollower<ModelArtefact> modelsFollower;
  private final CompactedTopicFollower<ModelStatus> statusFollower;
  private final RunQueue queue;
  private final Optional<RowFiles> rowFiles;
  private final LiveQualityMeasurement liveQuality;
  private final SnapshotQualityMeasurement snapshotQuality;
  private final DefinitionTopic definitionTopic;
  private final TraitDesk desk;

  /**
   * Connects the parts; the topics are there. Nothing is trained before it is asked for.
   *
   * @param codeVersion version of this code, for the lineage of models
   */
  public Retrainer(
      RetrainerSettings settings,
      FeatureDeclarations declarations,
      SchemaRegistry registry,
      InstantSource clock,
      String codeVersion) {
    ConnectionSettings connections = settings.connections();
    Map<String, Object> kafka = connections.kafka();
    Topics topics = connections.topics();
    this.engine = new FeatureEngine(declarations);
    FeatureSchema schema = engine.schema();
    AvroSerde<ModelArtefact> artefacts = AvroSerde.of(ModelArtefact.class, registry);
    LiveModels live =
        new LiveModels(
            new ModelLoader(ModelLimits.DEFAULTS, settings.trustedKeys()), schema.fingerprint());
    this.models =
        new PublishedModels(
            kafka, topics.models(), artefacts.serializer(), live, settings.signingKey());
    this.registeredModels =
        new ModelRegistry(
            live, new ModelTopic(kafka, topics.models(), artefacts.deserializer(), models));
    this.modelImport = new ModelImport(schema, registeredModels, clock);
    History history =
        settings
            .files()
            .history()
            .<History>map(it -> new FileHistory(it, settings.files().partitions()))
            .orElseGet(
                () ->
                    new ProfileLogHistory(
                        kafka,
                        topics.profileLog(),
                        AvroSerde.of(ProfileLogRecord.class, registry).deserializer()));
    this.rowFiles = settings.files().rows().map(it -> new RowFiles(it, clock));
    Training training =
        new Training(
            engine,
            history,
            models,
            settings.rows(),
            settings.training(),
            settings.gate(),
            new RowHandling(
                parity(settings, kafka, registry),
                rowFiles.<RowStore>map(it -> it).orElse(RowStore.NONE)),
            clock,
            codeVersion);
    this.queue = new RunQueue(training::run, clock);
    this.liveQuality =
        new LiveQualityMeasurement(
            new ExampleScores(
                kafka,
                topics.trainingExamples(),
                AvroSerde.of(TrainingExample.class, registry).deserializer(),
                models),
            history);
    this.snapshotQuality =
        new SnapshotQualityMeasurement(
            engine,
            history,
            new TraitUpdateTopic(
                kafka,
                topics.traitUpdates(),
                AvroSerde.of(TraitUpdate.class, registry).deserializer()),
            settings.rows().mostRows());
    AvroSerde<TraitDefinition> definitionSerde = AvroSerde.of(TraitDefinition.class, registry);
    this.definitionTopic =
        new DefinitionTopic(kafka, topics.traitDefinitions(), definitionSerde.serializer());
    this.desk =
        new TraitDesk(
            engine, definitions, definitionTopic, new DataCheck(engine, history, settings.rows()));
    this.definitionsFollower =
        new CompactedTopicFollower<>(
            topics.traitDefinitions(), kafka, definitionSerde.deserializer(), definitions);
    this.modelsFollower =
        new CompactedTopicFollower<>(
            topics.models(),
            kafka,
            artefacts.deserializer(),
            (key, artefact) -> {
              models.onRecord(key, artefact);
              registeredModels.record(key, artefact);
            });
    this.statusFollower =
        new CompactedTopicFollower<>(
            topics.modelStatus(),
            kafka,
            AvroSerde.of(ModelStatus.class, registry).deserializer(),
            registeredModels::status);
  }

  /** Files are another history than the one that the stream has folded. */
  private static ParityCheck parity(
      RetrainerSettings settings, Map<String, Object> kafka, SchemaRegistry registry) {
    return settings.files().history().isPresent()
        ? ParityCheck.OFF
        : new ParityCheck(
            settings.parity(),
            new ExampleVectors(
                kafka,
                settings.connections().topics().trainingExamples(),
                AvroSerde.of(TrainingExample.class, registry).deserializer(),
                MOST_COMPARED));
  }

  /**
   * Waits until definitions and models are known as they were at the start.
   *
   * @throws org.apache.kafka.common.KafkaException when that fails or takes more than a minute
   */
  void awaitReady() {
    definitionsFollower.awaitCaughtUp(LONGEST_START);
    modelsFollower.awaitCaughtUp(LONGEST_START);
    statusFollower.awaitCaughtUp(LONGEST_START);
  }

  /** Whether definitions and models are followed. */
  boolean isReady() {
    return definitionsFollower.isFollowing()
        && modelsFollower.isFollowing()
        && statusFollower.isFollowing();
  }

  List<String> traits() {
    return definitions.traits();
  }

  Optional<TraitDefinition> definition(String trait) {
    return definitions.find(trait);
  }

  TraitDesk desk() {
    return desk;
  }

  ModelRegistry registeredModels() {
    return registeredModels;
  }

  ModelImport modelImport() {
    return modelImport;
  }

  Optional<TraitStatus> status(String trait) {
    return definitions.find(trait).map(this::status);
  }

  private TraitStatus status(TraitDefinition definition) {
    String trait = definition.getTrait();
    Optional<String> live = models.liveVersion(trait);
    Optional<RunStatus> last = queue.last(trait);
    if (definition.getPaused()) {
      return TraitStatus.paused(trait, live, last);
    }
    Optional<String> shadow =
        registeredModels.models().stream()
            .filter(it -> it.trait().equals(trait) && it.stage() == ModelStage.SHADOW)
            .map(RegisteredModel::version)
            .findFirst();
    return TraitStatus.of(trait, live, shadow, last);
  }

  /**
   * Asks for a run.
   *
   * @return nothing where there is no such trait
   * @throws dev.presage.retrain.runs.RunUnderWayException when it has a run that is not over
   */
  Optional<RunStatus> train(String trait) {
    return definitions.find(trait).map(it -> queue.submit(it, Occasion.BY_HAND));
  }

  /** The run of a trait that is not over. */
  Optional<RunStatus> openRun(String trait) {
    return queue.last(trait).filter(it -> !it.state().isOver());
  }

  Optional<RunStatus> run(String id) {
    return queue.find(id);
  }

  /**
   * Ends a run that waits or is under way.
   *
   * @return nothing where it is not remembered
   */
  Optional<RunStatus> cancel(String id) {
    return queue.cancel(id);
  }

  /** Number of runs since the start that ended in a state. */
  long runsIn(RunState state) {
    return queue.ended(state);
  }

  /** Number of runs that are not over. */
  long openRuns() {
    return queue.open();
  }

  /**
   * Measures what the served scores of a trait were worth.
   *
   * @return nothing where there is no such trait
   * @throws dev.presage.retrain.traits.InvalidTraitException when its definition is wrong
   */
  Optional<LiveQuality> liveQuality(String trait, long from, long until) {
    return definitions
        .find(trait)
        .map(it -> liveQuality.measure(Trait.compile(it, engine), from, until));
  }

  /**
   * Measures what the published values of a trait were worth to a consumer who looks at all
   * profiles once a week.
   *
   * @param from time of the first look, milliseconds since the epoch
   * @return nothing where there is no such trait
   * @throws dev.presage.retrain.traits.InvalidTraitException when its definition is wrong
   */
  Optional<SnapshotQuality> snapshotQuality(String trait, long from) {
    return definitions
        .find(trait)
        .map(it -> snapshotQuality.measure(Trait.compile(it, engine), from, BETWEEN_SNAPSHOTS));
  }

  @Override
  public void close() {
    queue.close();
    rowFiles.ifPresent(RowFiles::close);
    definitionsFollower.close();
    modelsFollower.close();
    statusFollower.close();
    models.close();
    definitionTopic.close();
  }
}
