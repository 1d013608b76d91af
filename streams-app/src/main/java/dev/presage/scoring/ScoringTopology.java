package dev.presage.scoring;

import dev.presage.features.FeatureEngine;
import dev.presage.features.state.AgendaStoreBuilder;
import dev.presage.features.state.ProfileCacheBudget;
import dev.presage.features.state.ProfileStoreBuilder;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.IdentityLink;
import dev.presage.schemas.avro.PrivacyCommand;
import dev.presage.schemas.avro.PrivacyReceipt;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.schemas.avro.SegmentChange;
import dev.presage.schemas.avro.TrainingExample;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.schemas.registry.SchemaRegistry;
import dev.presage.schemas.topics.Topics;
import dev.presage.schemas.wire.AvroSerde;
import dev.presage.scoring.ingest.EventIngest;
import dev.presage.scoring.ingest.Ingest;
import dev.presage.scoring.ingest.IngestProcessor;
import dev.presage.scoring.ingest.LinkIngest;
import dev.presage.scoring.ingest.PrivacyIngest;
import dev.presage.scoring.ingest.ReceivedTime;
import dev.presage.scoring.metrics.ProgressBoard;
import dev.presage.scoring.metrics.ScoringMetrics;
import dev.presage.scoring.profile.BackgroundWork;
import dev.presage.scoring.profile.Profile;
import dev.presage.scoring.profile.ProfileFold;
import dev.presage.scoring.profile.ProfileProcessor;
import dev.presage.scoring.profile.SilenceLadder;
import dev.presage.scoring.profile.StoredProfile;
import dev.presage.scoring.rules.RuleBook;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * The whole graph.
 *
 * <pre>
 *  events ───────────▶ ingest ─┐                ┌──────────── absorbed and redirected
 *  identity-links ───▶ ingest ─┼─▶ profile-log ─┴▶ profile ──┬──▶ trait-updates, trait-values
 *  privacy-commands ─▶ ingest ─┘              (profiles,     ├──▶ segment-changes
 *                        │                      agenda)      ├──▶ training-examples
 *                        │                         │         └──▶ privacy-receipts
 *                        └───────▶ dead-letters ◀──┘
 * </pre>
 *
 * @param topics names of the topics
 * @param registry where schemas are registered
 * @param engine of the declared features; stored profiles can be folded by this one alone
 * @param rules what profiles are scored by
 * @param metrics what is counted
 * @param clock the wall clock, which refuses events from the future, and moves the time of a
 *     partition without records
 * @param futureTolerance how far ahead of the clock an event may be
 * @param silence when profiles that send nothing are scored again
 * @param background what is done beside events, and for how long
 * @param board where partitions say how far they have come
 * @param cache bounds the heap of decoded profiles
 */
public record ScoringTopology(
    Topics topics,
    SchemaRegistry registry,
    FeatureEngine engine,
    RuleBook rules,
    ScoringMetrics metrics,
    InstantSource clock,
    Duration futureTolerance,
    SilenceLadder silence,
    BackgroundWork background,
    ProgressBoard board,
    ProfileCacheBudget cache) {

  /**
   * Name of the profile store: key profile ID in UTF-8, profiles as {@code StoredProfile} draws
   * them.
   */
  public static final String PROFILES = "profiles";

  /** Name of the agenda store: timers of profiles, time and notes of a partition. */
  public static final String AGENDA = "agenda";

  private static final String LOG_SINK = "profile-log-sink";
  private static final String LOG_SOURCE = "profile-log-source";
  private static final String PROFILE = "profile";
  private static final String SENT_ON_SINK = "sent-on-sink";
  private static final String TRAIT_UPDATES_SINK = "trait-updates-sink";
  private static final String TRAIT_VALUES_SINK = "trait-values-sink";
  private static final String SEGMENT_CHANGES_SINK = "segment-changes-sink";
  private static final String TRAINING_EXAMPLES_SINK = "training-examples-sink";
  private static final String PRIVACY_RECEIPTS_SINK = "privacy-receipts-sink";
  private static final String INGEST_DEAD_LETTERS_SINK = "ingest-dead-letters-sink";
  private static final String PROFILE_DEAD_LETTERS_SINK = "profile-dead-letters-sink";

  /** Builds the graph. */
  public Topology build() {
    Topology topology = new Topology();
    addIngest(topology);
    addProfile(topology);
    return topology;
  }

  private void addIngest(Topology topology) {
    Deserializer<Event> events = AvroSerde.of(Event.class, registry).deserializer();
    Deserializer<IdentityLink> links = AvroSerde.of(IdentityLink.class, registry).deserializer();
    Deserializer<PrivacyCommand> commands =
        AvroSerde.of(PrivacyCommand.class, registry).deserializer();
    List<String> ingests =
        List.of(
            addIngest(
                topology,
                "ingest",
                topics.events(),
                () -> new EventIngest(events, clock, futureTolerance)),
            addIngest(
                topology, "ingest-links", topics.identityLinks(), () -> new LinkIngest(links)),
            addIngest(
                topology,
                "ingest-privacy",
                topics.privacyCommands(),
                () -> new PrivacyIngest(commands)));
    topology.addSink(
        LOG_SINK,
        topics.profileLog(),
        new StringSerializer(),
        AvroSerde.of(ProfileLogRecord.class, registry).serializer(),
        ingests.toArray(String[]::new));
    addDeadLetters(topology, INGEST_DEAD_LETTERS_SINK, ingests.toArray(String[]::new));
  }

  /** Returns the name of the processor. */
  private String addIngest(Topology topology, String name, String topic, Supplier<Ingest> ingest) {
    String source = name + "-source";
    addSource(topology, source, topic);
    topology.addProcessor(
        name,
        () -> new IngestProcessor(ingest.get(), metrics, LOG_SINK, INGEST_DEAD_LETTERS_SINK),
        source);
    return name;
  }

  private static void addSource(Topology topology, String name, String topic) {
    topology.addSource(
        AutoOffsetReset.earliest(),
        name,
        new ReceivedTime(),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topic);
  }

  private void addProfile(Topology topology) {
    Deserializer<ProfileLogRecord> log =
        AvroSerde.of(ProfileLogRecord.class, registry).deserializer();
    AvroSerde<TrainingExample> examples = AvroSerde.of(TrainingExample.class, registry);
    addSource(topology, LOG_SOURCE, topics.profileLog());
    ProfileProcessor.Stores stores = new ProfileProcessor.Stores(PROFILES, AGENDA);
    ProfileProcessor.Sinks sinks =
        new ProfileProcessor.Sinks(
            SENT_ON_SINK,
            TRAIT_UPDATES_SINK,
            TRAIT_VALUES_SINK,
            SEGMENT_CHANGES_SINK,
            TRAINING_EXAMPLES_SINK,
            PRIVACY_RECEIPTS_SINK,
            PROFILE_DEAD_LETTERS_SINK);
    topology.addProcessor(
        PROFILE,
        () ->
            new ProfileProcessor(
                new ProfileFold(engine, silence),
                log,
                examples,
                topics.trainingExamples(),
                rules,
                metrics,
                background,
                clock,
                board,
                stores,
                sinks),
        LOG_SOURCE);
    topology.addStateStore(profiles(), PROFILE);
    topology.addStateStore(new AgendaStoreBuilder(AGENDA), PROFILE);
    addOutput(topology, SENT_ON_SINK, topics.profileLog(), ProfileLogRecord.class);
    addOutput(topology, TRAIT_UPDATES_SINK, topics.traitUpdates(), TraitUpdate.class);
    addOutput(topology, TRAIT_VALUES_SINK, topics.traitValues(), TraitUpdate.class);
    addOutput(topology, SEGMENT_CHANGES_SINK, topics.segmentChanges(), SegmentChange.class);
    addOutput(topology, TRAINING_EXAMPLES_SINK, topics.trainingExamples(), TrainingExample.class);
    addOutput(topology, PRIVACY_RECEIPTS_SINK, topics.privacyReceipts(), PrivacyReceipt.class);
    addDeadLetters(topology, PROFILE_DEAD_LETTERS_SINK, PROFILE);
  }

  private <T extends SpecificRecord> void addOutput(
      Topology topology, String sink, String topic, Class<T> type) {
    topology.addSink(
        sink, topic, new StringSerializer(), AvroSerde.of(type, registry).serializer(), PROFILE);
  }

  private void addDeadLetters(Topology topology, String sink, String... parents) {
    topology.addSink(
        sink, topics.deadLetters(), new ByteArraySerializer(), new ByteArraySerializer(), parents);
  }

  private ProfileStoreBuilder<Profile> profiles() {
    return new ProfileStoreBuilder<>(
        PROFILES, new StoredProfile(engine), cache, metrics.profileStore());
  }
}
