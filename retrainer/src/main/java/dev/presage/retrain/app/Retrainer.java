package dev.presage.retrain.app;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import dev.presage.features.FeatureDeclarations;
import dev.presage.features.FeatureEngine;
import dev.presage.features.FeatureSchema;
import dev.presage.model.LiveModels;
import dev.presage.model.ModelLimits;
import dev.presage.model.ModelLoader;
import dev.presage.retrain.app.Views.ScheduleView;
import dev.presage.retrain.files.FileHistory;
import dev.presage.retrain.files.RowFiles;
import dev.presage.retrain.history.History;
import dev.presage.retrain.kafka.DefinitionTopic;
import dev.presage.retrain.kafka.Election;
import dev.presage.retrain.kafka.ExampleScores;
import dev.presage.retrain.kafka.ExampleVectors;
import dev.presage.retrain.kafka.ModelTopic;
import dev.presage.retrain.kafka.ProfileLogHistory;
import dev.presage.retrain.kafka.PublishedModels;
import dev.presage.retrain.kafka.RunTopic;
import dev.presage.retrain.kafka.TraitDefinitions;
import dev.presage.retrain.kafka.TraitUpdateTopic;
import dev.presage.retrain.live.LiveQuality;
import dev.presage.retrain.live.LiveQualityMeasurement;
import dev.presage.retrain.live.SnapshotQuality;
import dev.presage.retrain.live.SnapshotQualityMeasurement;
import dev.presage.retrain.mlflow.MlflowExport;
import dev.presage.retrain.registry.Dossier;
import dev.presage.retrain.registry.ModelImport;
import dev.presage.retrain.registry.ModelRegistry;
import dev.presage.retrain.registry.RegisteredModel;
import dev.presage.retrain.report.ReportShelf;
import dev.presage.retrain.report.RunReport;
import dev.presage.retrain.runs.DataCheck;
import dev.presage.retrain.runs.ParityCheck;
import dev.presage.retrain.runs.RowHandling;
import dev.presage.retrain.runs.RowStore;
import dev.presage.retrain.runs.RunBook;
import dev.presage.retrain.runs.RunJournal;
import dev.presage.retrain.runs.RunQueue;
import dev.presage.retrain.runs.RunState;
import dev.presage.retrain.runs.RunStatus;
import dev.presage.retrain.runs.ShadowTrial;
import dev.presage.retrain.runs.Training;
import dev.presage.retrain.runs.TraitStatus;
import dev.presage.retrain.schedule.Occasion;
import dev.presage.retrain.schedule.Schedule;
import dev.presage.retrain.schedule.Watched;
import dev.presage.retrain.traits.Trait;
import dev.presage.retrain.watch.Rounds;
import dev.presage.retrain.watch.ShadowReviews;
import dev.presage.retrain.watch.TraitWatch;
import dev.presage.retrain.watch.Watchman;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelStage;
import dev.presage.schemas.avro.ModelStatus;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.schemas.avro.TrainingExample;
import dev.presage.schemas.avro.TrainingRun;
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
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** The parts of the retrainer, put together. Thread-safe. */
public final class Retrainer implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofMinutes(1);
  private static final RetryPolicy<Optional<String>> UNTIL_ELECTED =
      RetryPolicy.<Optional<String>>builder()
          .handle(KafkaException.class)
          .handleResult(Optional.empty())
          .withDelay(Duration.ofMillis(200))
          .withMaxDuration(Duration.ofSeconds(10))
          .withMaxAttempts(-1)
          .build();

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
  private final RunBook book = new RunBook();
  private final ReportShelf reports = new ReportShelf();
  private final RunQueue queue;
  private final RunTopic runTopic;
  private final CompactedTopicFollower<TrainingRun> runsFollower;
  private final History history;
  private final TraitWatch watch;
  private final Schedule schedule;
  private final SchedulePlan plan;
  private final Watchman watchman;
  private final Map<String, Object> kafka;
  private final Topics topics;
  private final InstantSource clock;
  private volatile @Nullable Election election;
  private volatile @Nullable Rounds rounds;
  private final Optional<MlflowExport> mlflow;
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
    this.kafka = connections.kafka();
    this.topics = connections.topics();
    this.clock = clock;
    this.plan = settings.schedule();
    this.engine = new FeatureEngine(declarations);
    FeatureSchema schema = engine.schema();
    AvroSerde<ModelArtefact> artefacts = AvroSerde.of(ModelArtefact.class, registry);
    LiveModels live =
        new LiveModels(
            new ModelLoader(ModelLimits.DEFAULTS, settings.trustedKeys()), schema.fingerprint());
    this.models =
        new PublishedModels(
            kafka, topics.models(), artefacts.serializer(), live, settings.signingKey());
    ModelTopic shelf = new ModelTopic(kafka, topics.models(), artefacts.deserializer(), models);
    this.registeredModels = new ModelRegistry(live, shelf);
    this.mlflow = settings.mlflow().map(it -> new MlflowExport(it, shelf));
    this.modelImport = new ModelImport(schema, registeredModels, clock);
    this.history =
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
    this.queue =
        new RunQueue(
            training::run,
            history::length,
            book,
            clock,
            run -> mlflow.ifPresent(it -> it.take(run)));
    AvroSerde<TrainingRun> runSerde = AvroSerde.of(TrainingRun.class, registry);
    this.runTopic =
        new RunTopic(
            kafka,
            topics.trainingRuns(),
            runSerde.serializer(),
            runSerde.deserializer(),
            book,
            reports,
            queue::isLeading);
    this.schedule = new Schedule(plan.policy());
    this.watch = new TraitWatch(book, registeredModels, plan.cadence());
    this.watchman =
        new Watchman(
            engine,
            watch,
            schedule,
            new ShadowReviews(
                registeredModels,
                book,
                queue,
                new ShadowTrial(engine, history, settings.rows()),
                settings.gate(),
                plan.reviews()),
            book,
            queue,
            history::length,
            clock);
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
    this.runsFollower =
        new CompactedTopicFollower<>(
            topics.trainingRuns(), kafka, runSerde.deserializer(), runTopic);
  }

  /**
   * Stands for election: the one that leads trains what is asked for, and what is due.
   *
   * @param address where others reach this retrainer
   */
  void standForElection(String address) {
    election = new Election(kafka, topics.trainingRuns(), address, new Lead());
    if (plan.enabled()) {
      rounds =
          new Rounds(
              plan.check(),
              () -> queue.isLeading() ? traits() : List.of(),
              trait -> definition(trait).ifPresent(watchman::visit));
    }
  }

  /**
   * The address of the retrainer that trains. While none has been elected, it waits for that for
   * some seconds; nothing where that does not help.
   */
  Optional<String> leader() {
    Election current = election;
    return current == null
        ? Optional.empty()
        : Failsafe.with(UNTIL_ELECTED).get(() -> current.leader());
  }

  /** Whether this retrainer trains. */
  boolean isLeading() {
    return queue.isLeading();
  }

  private void lost(RunJournal journal) {
    queue.follow(journal);
    Election current = election;
    if (current != null) {
      current.rejoin();
    }
  }

  private final class Lead implements Election.Candidate {
    @Override
    public void lead() {
      queue.lead(runTopic.open(Retrainer.this::lost), definitions::find);
    }

    @Override
    public void handOver() {
      queue.close();
    }

    @Override
    public void follow() {
      queue.follow();
    }

    @Override
    public boolean isLeading() {
      return queue.isLeading();
    }
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
    runsFollower.awaitCaughtUp(LONGEST_START);
  }

  /** Whether definitions and models are followed. */
  boolean isReady() {
    return definitionsFollower.isFollowing()
        && modelsFollower.isFollowing()
        && statusFollower.isFollowing()
        && runsFollower.isFollowing()
        && (election == null || election.isAlive());
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
    Optional<RunStatus> last = book.last(trait);
    if (definition.getPaused()) {
      return TraitStatus.paused(trait, live, last);
    }
    Optional<String> shadow =
        registeredModels.models().stream()
            .filter(it -> it.trait().equals(trait) && it.stage() == ModelStage.SHADOW)
            .map(RegisteredModel::version)
            .findFirst();
    Optional<String> degraded = live.isEmpty() ? live : schedule.degraded(watch.of(trait, 0));
    return TraitStatus.of(trait, live, shadow, last.map(this::asItIsNow), degraded);
  }

  /** A shadow that was taken back is a candidate that did not pass. */
  private RunStatus asItIsNow(RunStatus run) {
    boolean isRetired =
        run.state() == RunState.PUBLISHED
            && registeredModels.models().stream()
                .anyMatch(
                    it ->
                        it.trait().equals(run.trait())
                            && it.version().equals(run.modelVersion())
                            && it.stage() == ModelStage.RETIRED);
    return isRetired ? run.held() : run;
  }

  /** What is known of when a trait is trained again; nothing where there is no such trait. */
  Optional<ScheduleView> schedule(String trait) {
    return definitions
        .find(trait)
        .map(
            definition -> {
              Watched watched = watch.of(trait, history.length());
              return ScheduleView.of(
                  plan.enabled() && !definition.getPaused(),
                  watched,
                  schedule.due(watched, clock.instant()));
            });
  }

  /** The runs of a trait that are remembered, the one that was asked for last at the end. */
  List<RunStatus> runs(String trait) {
    return book.of(trait);
  }

  /** All that there is to say of a run. */
  RunReport report(RunStatus run) {
    return reports.of(run);
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
    return book.last(trait).filter(it -> !it.state().isOver());
  }

  Optional<RunStatus> run(String id) {
    return book.find(id);
  }

  /** All that is known of a version. */
  Dossier dossier(RegisteredModel model) {
    return registeredModels.dossier(
        model, book.of(model.trait(), model.version()).map(RunStatus::id));
  }

  /**
   * Ends a run that waits or is under way.
   *
   * @return nothing where it is not remembered
   */
  Optional<RunStatus> cancel(String id) {
    return queue.cancel(id);
  }

  /** The copies of runs on an MLflow server, where there is one. */
  Optional<MlflowExport> mlflow() {
    return mlflow;
  }

  /** Number of runs since the start that ended in a state. */
  long runsIn(RunState state) {
    return book.ended(state);
  }

  /** Number of runs that are not over. */
  long openRuns() {
    return book.open().size();
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
    if (rounds != null) {
      rounds.close();
    }
    // It hands over, and what waits or is under way is written down before.
    if (election != null) {
      election.close();
    }
    queue.close();
    runsFollower.close();
    mlflow.ifPresent(MlflowExport::close);
    rowFiles.ifPresent(RowFiles::close);
    definitionsFollower.close();
    modelsFollower.close();
    statusFollower.close();
    models.close();
    definitionTopic.close();
  }
}
