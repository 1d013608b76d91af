package dev.presage.scoring;

import dev.presage.features.FeatureEngine;
import dev.presage.features.state.ProfileCacheBudget;
import dev.presage.features.state.ProfileStoreBuilder;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.HeldTrigger;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.schemas.avro.SegmentChange;
import dev.presage.schemas.avro.TrainingExample;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.schemas.avro.Trigger;
import dev.presage.schemas.avro.TriggerCandidate;
import dev.presage.schemas.registry.SchemaRegistry;
import dev.presage.schemas.topics.Topics;
import dev.presage.schemas.wire.AvroSerde;
import dev.presage.scoring.ingest.EventIngest;
import dev.presage.scoring.ingest.IngestProcessor;
import dev.presage.scoring.ingest.ReceivedTime;
import dev.presage.scoring.metrics.ScoringMetrics;
import dev.presage.scoring.profile.Profile;
import dev.presage.scoring.profile.ProfileFold;
import dev.presage.scoring.profile.ProfileProcessor;
import dev.presage.scoring.profile.StoredProfile;
import dev.presage.scoring.rules.RuleBook;
import dev.presage.scoring.trigger.TriggerProcessor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * The whole graph.
 *
 * <pre>
 *  events ──▶ ingest ──▶ profile-log ──▶ profile ──┬──▶ trait-updates, trait-values
 *               │                       (profiles) ├──▶ segment-changes
 *               │                           │      ├──▶ training-examples
 *               │                           │      └──▶ trigger-candidates ──▶ trigger ──▶ triggers,
 *               │                           │                                 (triggers)   held-triggers
 *               └───────▶ dead-letters ◀────┴──────────────────────────────────────┘
 * </pre>
 *
 * @param topics names of the topics
 * @param registry where schemas are registered
 * @param engine of the declared features; stored profiles can be folded by this one alone
 * @param rules what profiles are scored by
 * @param metrics what is counted
 * @param clock the wall clock, which only refuses events from the future
 * @param futureTolerance how far ahead of the clock an event may be
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
    ProfileCacheBudget cache) {

  /**
   * Name of the profile store: key profile ID in UTF-8, profiles as {@code StoredProfile} draws
   * them.
   */
  public static final String PROFILES = "profiles";

  /** Name of the store of what profiles were sent, as {@code StoredSends} draws it. */
  public static final String TRIGGERS = "triggers";

  private static final String EVENTS_SOURCE = "events-source";
  private static final String INGEST = "ingest";
  private static final String LOG_SINK = "profile-log-sink";
  private static final String LOG_SOURCE = "profile-log-source";
  private static final String PROFILE = "profile";
  private static final String TRAIT_UPDATES_SINK = "trait-updates-sink";
  private static final String TRAIT_VALUES_SINK = "trait-values-sink";
  private static final String SEGMENT_CHANGES_SINK = "segment-changes-sink";
  private static final String TRAINING_EXAMPLES_SINK = "training-examples-sink";
  private static final String TRIGGER_CANDIDATES_SINK = "trigger-candidates-sink";
  private static final String TRIGGER_CANDIDATES_SOURCE = "trigger-candidates-source";
  private static final String TRIGGER = "trigger";
  private static final String TRIGGERS_SINK = "triggers-sink";
  private static final String HELD_TRIGGERS_SINK = "held-triggers-sink";
  private static final String TRIGGER_DEAD_LETTERS_SINK = "trigger-dead-letters-sink";
  private static final String INGEST_DEAD_LETTERS_SINK = "ingest-dead-letters-sink";
  private static final String PROFILE_DEAD_LETTERS_SINK = "profile-dead-letters-sink";

  /** Builds the graph. */
  public Topology build() {
    Topology topology = new Topology();
    addIngest(topology);
    addProfile(topology);
    addTrigger(topology);
    return topology;
  }

  private void addIngest(Topology topology) {
    Deserializer<Event> events = AvroSerde.of(Event.class, registry).deserializer();
    topology.addSource(
        AutoOffsetReset.earliest(),
        EVENTS_SOURCE,
        new ReceivedTime(),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topics.events());
    topology.addProcessor(
        INGEST,
        () ->
            new IngestProcessor(
                new EventIngest(events, clock, futureTolerance),
                metrics,
                LOG_SINK,
                INGEST_DEAD_LETTERS_SINK),
        EVENTS_SOURCE);
    topology.addSink(
        LOG_SINK,
        topics.profileLog(),
        new StringSerializer(),
        AvroSerde.of(ProfileLogRecord.class, registry).serializer(),
        INGEST);
    addDeadLetters(topology, INGEST_DEAD_LETTERS_SINK, INGEST);
  }

  private void addProfile(Topology topology) {
    Deserializer<ProfileLogRecord> log =
        AvroSerde.of(ProfileLogRecord.class, registry).deserializer();
    topology.addSource(
        AutoOffsetReset.earliest(),
        LOG_SOURCE,
        new ReceivedTime(),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topics.profileLog());
    ProfileProcessor.Sinks sinks =
        new ProfileProcessor.Sinks(
            TRAIT_UPDATES_SINK,
            TRAIT_VALUES_SINK,
            SEGMENT_CHANGES_SINK,
            TRAINING_EXAMPLES_SINK,
            TRIGGER_CANDIDATES_SINK,
            PROFILE_DEAD_LETTERS_SINK);
    topology.addProcessor(
        PROFILE,
        () -> new ProfileProcessor(new ProfileFold(engine), log, rules, metrics, PROFILES, sinks),
        LOG_SOURCE);
    topology.addStateStore(profiles(), PROFILE);
    AvroSerde<TraitUpdate> traitUpdates = AvroSerde.of(TraitUpdate.class, registry);
    topology.addSink(
        TRAIT_UPDATES_SINK,
        topics.traitUpdates(),
        new StringSerializer(),
        traitUpdates.serializer(),
        PROFILE);
    topology.addSink(
        TRAIT_VALUES_SINK,
        topics.traitValues(),
        new StringSerializer(),
        traitUpdates.serializer(),
        PROFILE);
    topology.addSink(
        SEGMENT_CHANGES_SINK,
        topics.segmentChanges(),
        new StringSerializer(),
        AvroSerde.of(SegmentChange.class, registry).serializer(),
        PROFILE);
    topology.addSink(
        TRAINING_EXAMPLES_SINK,
        topics.trainingExamples(),
        new StringSerializer(),
        AvroSerde.of(TrainingExample.class, registry).serializer(),
        PROFILE);
    topology.addSink(
        TRIGGER_CANDIDATES_SINK,
        topics.triggerCandidates(),
        new StringSerializer(),
        AvroSerde.of(TriggerCandidate.class, registry).serializer(),
        ScoringTopology::partitionsOf,
        PROFILE);
    addDeadLetters(topology, PROFILE_DEAD_LETTERS_SINK, PROFILE);
  }

  /** A candidate goes where its trigger is decided; that a profile is gone, everywhere. */
  private static Optional<Set<Integer>> partitionsOf(
      String topic, String key, TriggerCandidate value, int partitions) {
    return value.getDefinition() == null
        ? Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()))
        : Optional.empty();
  }

  private void addTrigger(Topology topology) {
    topology.addSource(
        AutoOffsetReset.earliest(),
        TRIGGER_CANDIDATES_SOURCE,
        new ReceivedTime(),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topics.triggerCandidates());
    Deserializer<TriggerCandidate> candidates =
        AvroSerde.of(TriggerCandidate.class, registry).deserializer();
    TriggerProcessor.Sinks sinks =
        new TriggerProcessor.Sinks(TRIGGERS_SINK, HELD_TRIGGERS_SINK, TRIGGER_DEAD_LETTERS_SINK);
    topology.addProcessor(
        TRIGGER,
        () -> new TriggerProcessor(candidates, metrics, TRIGGERS, sinks),
        TRIGGER_CANDIDATES_SOURCE);
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(TRIGGERS), Serdes.ByteArray(), Serdes.ByteArray()),
        TRIGGER);
    topology.addSink(
        TRIGGERS_SINK,
        topics.triggers(),
        new StringSerializer(),
        AvroSerde.of(Trigger.class, registry).serializer(),
        TRIGGER);
    topology.addSink(
        HELD_TRIGGERS_SINK,
        topics.heldTriggers(),
        new StringSerializer(),
        AvroSerde.of(HeldTrigger.class, registry).serializer(),
        TRIGGER);
    addDeadLetters(topology, TRIGGER_DEAD_LETTERS_SINK, TRIGGER);
  }

  private void addDeadLetters(Topology topology, String sink, String parent) {
    topology.addSink(
        sink, topics.deadLetters(), new ByteArraySerializer(), new ByteArraySerializer(), parent);
  }

  private ProfileStoreBuilder<Profile> profiles() {
    return new ProfileStoreBuilder<>(
        PROFILES, new StoredProfile(engine), cache, metrics.profileStore());
  }
}
