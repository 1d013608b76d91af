package dev.presage.scoring;

import dev.presage.features.state.AgendaStoreBuilder;
import dev.presage.features.state.ProfileCacheBudget;
import dev.presage.features.state.ProfileStoreBuilder;
import dev.presage.schemas.avro.Census;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.HeldTrigger;
import dev.presage.schemas.avro.IdentityLink;
import dev.presage.schemas.avro.PrivacyCommand;
import dev.presage.schemas.avro.PrivacyReceipt;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.schemas.avro.SegmentChange;
import dev.presage.schemas.avro.TrainingExample;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.schemas.avro.Trigger;
import dev.presage.schemas.avro.TriggerCandidate;
import dev.presage.schemas.registry.SchemaRegistry;
import dev.presage.schemas.topics.Topics;
import dev.presage.schemas.wire.AvroSerde;
import dev.presage.scoring.entity.EntityType;
import dev.presage.scoring.ingest.EventChecks;
import dev.presage.scoring.ingest.EventIngest;
import dev.presage.scoring.ingest.Ingest;
import dev.presage.scoring.ingest.IngestProcessor;
import dev.presage.scoring.ingest.IngestSource;
import dev.presage.scoring.ingest.LinkIngest;
import dev.presage.scoring.ingest.LogCheck;
import dev.presage.scoring.ingest.LogIngest;
import dev.presage.scoring.ingest.PrivacyIngest;
import dev.presage.scoring.ingest.ReceivedTime;
import dev.presage.scoring.metrics.ProgressBoard;
import dev.presage.scoring.metrics.ScoringMetrics;
import dev.presage.scoring.population.CensusExchange;
import dev.presage.scoring.profile.BackgroundWork;
import dev.presage.scoring.profile.Profile;
import dev.presage.scoring.profile.ProfileFold;
import dev.presage.scoring.profile.ProfileProcessor;
import dev.presage.scoring.profile.RecipientProcessor;
import dev.presage.scoring.profile.SilenceLadder;
import dev.presage.scoring.profile.StoredProfile;
import dev.presage.scoring.trigger.TriggerProcessor;
import dev.presage.scoring.trigger.Triggers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * The whole graph.
 *
 * <pre>
 *  events ───────────▶ ingest ─┐                ┌──────────── absorbed and redirected
 *  identity-links ───▶ ingest ─┼─▶ profile-log ─┴▶ profile ──┬──▶ trait-updates, trait-values
 *  privacy-commands ─▶ ingest ─┘              (profiles,     ├──▶ segment-changes
 *                        │                      agenda)      ├──▶ training-examples
 *                        │                         │         ├──▶ privacy-receipts
 *                        │                         │         ├──▶ population
 *                        │                         │         └──▶ trigger-candidates ──▶ trigger
 *                        └───────▶ dead-letters ◀──┘
 *
 *  trigger (triggers) ──▶ triggers, held-triggers, dead-letters
 *
 *  profile of another entity type ──▶ trigger-calls ──▶ recipients (profiles, agenda of customers)
 *    ──▶ trigger-candidates
 * </pre>
 *
 * <p>Every entity type has its own profile log, profile processor and stores: ingest puts an event
 * on the log of each profile that it belongs to. Where producers write the customers' log
 * themselves, events have no ingest, and other entity types are given theirs from that log.
 *
 * @param topics names of the topics
 * @param registry where schemas are registered
 * @param entities what is profiled, customers first
 * @param metrics what is counted
 * @param clock the wall clock, which refuses events from the future, and moves the time of a
 *     partition without records
 * @param source where the events of customers come from
 * @param futureTolerance how far ahead of the clock an event may be
 * @param silence when profiles that send nothing are scored again
 * @param background what is done beside events, and for how long
 * @param board where partitions say how far they have come
 * @param exchange how the censuses of the partitions are shared
 * @param cache bounds the heap of decoded profiles
 */
public record ScoringTopology(
    Topics topics,
    SchemaRegistry registry,
    List<EntityProfiles> entities,
    ScoringMetrics metrics,
    InstantSource clock,
    IngestSource source,
    Duration futureTolerance,
    SilenceLadder silence,
    BackgroundWork background,
    ProgressBoard board,
    CensusExchange exchange,
    ProfileCacheBudget cache) {

  /** Name of the store of what profiles were sent, as {@code StoredSends} draws it. */
  public static final String TRIGGERS = "triggers";

  private static final String LOG_SINK = "profile-log-sink";
  private static final String LOG_SOURCE = "profile-log-source";
  private static final String LOG_INGEST = "ingest-log";
  private static final String PROFILE = "profile";
  private static final String SENT_ON_SINK = "sent-on-sink";
  private static final String TRAIT_UPDATES_SINK = "trait-updates-sink";
  private static final String TRAIT_VALUES_SINK = "trait-values-sink";
  private static final String SEGMENT_CHANGES_SINK = "segment-changes-sink";
  private static final String TRAINING_EXAMPLES_SINK = "training-examples-sink";
  private static final String TRIGGER_CANDIDATES_SINK = "trigger-candidates-sink";
  private static final String TRIGGER_CALLS_SINK = "trigger-calls-sink";
  private static final String TRIGGER_CALLS_SOURCE = "trigger-calls-source";
  private static final String RECIPIENTS = "recipients";
  private static final String CALLED_CANDIDATES_SINK = "called-candidates-sink";
  private static final String RECIPIENTS_DEAD_LETTERS_SINK = "recipients-dead-letters-sink";
  private static final String TRIGGER_CANDIDATES_SOURCE = "trigger-candidates-source";
  private static final String TRIGGER = "trigger";
  private static final String TRIGGERS_SINK = "triggers-sink";
  private static final String HELD_TRIGGERS_SINK = "held-triggers-sink";
  private static final String TRIGGER_DEAD_LETTERS_SINK = "trigger-dead-letters-sink";
  private static final String POPULATION_SINK = "population-sink";
  private static final String PRIVACY_RECEIPTS_SINK = "privacy-receipts-sink";
  private static final String INGEST_DEAD_LETTERS_SINK = "ingest-dead-letters-sink";
  private static final String LOG_INGEST_DEAD_LETTERS_SINK = "ingest-log-dead-letters-sink";
  private static final String PROFILE_DEAD_LETTERS_SINK = "profile-dead-letters-sink";

  /**
   * Checks the entity types.
   *
   * @throws IllegalArgumentException when customers are not the first of them
   */
  public ScoringTopology {
    entities = List.copyOf(entities);
    if (entities.isEmpty() || !entities.getFirst().type().isCustomer()) {
      throw new IllegalArgumentException(
          "The entity types are "
              + entities.stream().map(it -> it.type().name()).toList()
              + "; expected customer first");
    }
  }

  /** Builds the graph. */
  public Topology build() {
    Topology topology = new Topology();
    addIngest(topology);
    entities.forEach(it -> addProfile(topology, it));
    if (source == IngestSource.LOG && !keyedTypes().isEmpty()) {
      addLogIngest(topology);
    }
    if (!keyedTypes().isEmpty()) {
      addRecipients(topology, entities.getFirst());
    }
    addTrigger(topology);
    return topology;
  }

  /** What is profiled beside customers. */
  private List<EntityType> keyedTypes() {
    return entities.stream().map(EntityProfiles::type).filter(it -> !it.isCustomer()).toList();
  }

  private EventChecks checks() {
    return new EventChecks(clock, futureTolerance);
  }

  private void addIngest(Topology topology) {
    Deserializer<Event> events = AvroSerde.of(Event.class, registry).deserializer();
    Deserializer<IdentityLink> links = AvroSerde.of(IdentityLink.class, registry).deserializer();
    Deserializer<PrivacyCommand> commands =
        AvroSerde.of(PrivacyCommand.class, registry).deserializer();
    List<String> ingests = new ArrayList<>();
    if (source == IngestSource.EVENTS) {
      Supplier<Ingest> ingest = () -> new EventIngest(events, checks(), keyedTypes());
      addIngest(topology, "ingest", topics.events(), ingest);
      ingests.add("ingest");
      keyedTypes().forEach(it -> addLogSink(topology, it, "ingest"));
    }
    addIngest(topology, "ingest-links", topics.identityLinks(), () -> new LinkIngest(links));
    ingests.add("ingest-links");
    addIngest(
        topology, "ingest-privacy", topics.privacyCommands(), () -> new PrivacyIngest(commands));
    ingests.add("ingest-privacy");
    String[] parents = ingests.toArray(String[]::new);
    addLogSink(topology, EntityType.CUSTOMER, parents);
    addDeadLetters(topology, INGEST_DEAD_LETTERS_SINK, parents);
  }

  private void addIngest(Topology topology, String name, String topic, Supplier<Ingest> ingest) {
    addSource(topology, name + "-source", topic);
    addIngestProcessor(topology, name, name + "-source", ingest, INGEST_DEAD_LETTERS_SINK);
  }

  private void addIngestProcessor(
      Topology topology, String name, String parent, Supplier<Ingest> ingest, String deadLetters) {
    Map<EntityType, String> sinks = new HashMap<>();
    entities.forEach(it -> sinks.put(it.type(), it.type().named(LOG_SINK)));
    topology.addProcessor(
        name, () -> new IngestProcessor(ingest.get(), metrics, sinks, deadLetters), parent);
  }

  /** Other entity types are given the events that producers put on the customers' log. */
  private void addLogIngest(Topology topology) {
    Deserializer<ProfileLogRecord> log = logDeserializer();
    Supplier<Ingest> ingest = () -> new LogIngest(log, checks(), keyedTypes());
    addIngestProcessor(topology, LOG_INGEST, LOG_SOURCE, ingest, LOG_INGEST_DEAD_LETTERS_SINK);
    keyedTypes().forEach(it -> addLogSink(topology, it, LOG_INGEST));
    addDeadLetters(topology, LOG_INGEST_DEAD_LETTERS_SINK, LOG_INGEST);
  }

  private void addLogSink(Topology topology, EntityType type, String... parents) {
    topology.addSink(
        type.named(LOG_SINK),
        type.profileLog(topics),
        new StringSerializer(),
        AvroSerde.of(ProfileLogRecord.class, registry).serializer(),
        parents);
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

  private Deserializer<ProfileLogRecord> logDeserializer() {
    return AvroSerde.of(ProfileLogRecord.class, registry).deserializer();
  }

  private void addProfile(Topology topology, EntityProfiles entity) {
    EntityType type = entity.type();
    Deserializer<ProfileLogRecord> log = logDeserializer();
    boolean isWrittenByOthers = type.isCustomer() && source == IngestSource.LOG;
    addSource(topology, type.named(LOG_SOURCE), type.profileLog(topics));
    AvroSerde<TrainingExample> examples = AvroSerde.of(TrainingExample.class, registry);
    ProfileProcessor.Sinks sinks =
        new ProfileProcessor.Sinks(
            type.named(SENT_ON_SINK),
            type.named(TRAIT_UPDATES_SINK),
            type.named(TRAIT_VALUES_SINK),
            type.named(SEGMENT_CHANGES_SINK),
            type.named(TRAINING_EXAMPLES_SINK),
            type.named(TRIGGER_CANDIDATES_SINK),
            type.named(TRIGGER_CALLS_SINK),
            type.named(PRIVACY_RECEIPTS_SINK),
            type.named(POPULATION_SINK),
            type.named(PROFILE_DEAD_LETTERS_SINK));
    topology.addProcessor(
        type.named(PROFILE),
        () ->
            new ProfileProcessor(
                type,
                new ProfileFold(entity.engine(), silence, exchange.population()),
                isWrittenByOthers ? new LogCheck(checks()) : null,
                log,
                examples,
                topics.trainingExamples(),
                entity.rules(),
                metrics,
                background,
                clock,
                board,
                exchange,
                sinks),
        type.named(LOG_SOURCE));
    topology.addStateStore(profiles(entity), type.named(PROFILE));
    topology.addStateStore(new AgendaStoreBuilder(type.agendaStore()), type.named(PROFILE));
    addOutput(topology, type, SENT_ON_SINK, type.profileLog(topics), ProfileLogRecord.class);
    // An update goes to both, one right after the other.
    Serializer<TraitUpdate> updates = AvroSerde.repeatingSerializer(registry);
    addSink(topology, type, TRAIT_UPDATES_SINK, topics.traitUpdates(), updates);
    addSink(topology, type, TRAIT_VALUES_SINK, topics.traitValues(), updates);
    addOutput(topology, type, SEGMENT_CHANGES_SINK, topics.segmentChanges(), SegmentChange.class);
    addOutput(
        topology, type, TRAINING_EXAMPLES_SINK, topics.trainingExamples(), TrainingExample.class);
    addOutput(
        topology, type, PRIVACY_RECEIPTS_SINK, topics.privacyReceipts(), PrivacyReceipt.class);
    addOutput(topology, type, POPULATION_SINK, topics.population(), Census.class);
    addCandidates(
        topology,
        type.named(TRIGGER_CANDIDATES_SINK),
        topics.triggerCandidates(),
        type.named(PROFILE));
    if (!type.isCustomer()) {
      addCandidates(
          topology, type.named(TRIGGER_CALLS_SINK), topics.triggerCalls(), type.named(PROFILE));
    }
    addDeadLetters(topology, type.named(PROFILE_DEAD_LETTERS_SINK), type.named(PROFILE));
  }

  private void addCandidates(Topology topology, String sink, String topic, String parent) {
    topology.addSink(
        sink,
        topic,
        new StringSerializer(),
        AvroSerde.of(TriggerCandidate.class, registry).serializer(),
        ScoringTopology::partitionsOf,
        parent);
  }

  /**
   * A candidate goes where its trigger is decided; that a profile is gone, and a call, everywhere.
   */
  private static Optional<Set<Integer>> partitionsOf(
      String topic, String key, TriggerCandidate value, int partitions) {
    return value.getDefinition() == null || Triggers.isCall(value)
        ? Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()))
        : Optional.empty();
  }

  /** Customers who receive what happened to something else are found where their profiles are. */
  private void addRecipients(Topology topology, EntityProfiles customers) {
    addSource(topology, TRIGGER_CALLS_SOURCE, topics.triggerCalls());
    Deserializer<TriggerCandidate> calls =
        AvroSerde.of(TriggerCandidate.class, registry).deserializer();
    RecipientProcessor.Sinks sinks =
        new RecipientProcessor.Sinks(CALLED_CANDIDATES_SINK, RECIPIENTS_DEAD_LETTERS_SINK);
    topology.addProcessor(
        RECIPIENTS,
        () ->
            new RecipientProcessor(
                customers.engine(),
                customers.rules(),
                exchange.population(),
                calls,
                topics.triggerCalls(),
                metrics,
                background,
                board,
                sinks),
        TRIGGER_CALLS_SOURCE);
    topology.connectProcessorAndStateStores(
        RECIPIENTS, customers.type().profileStore(), customers.type().agendaStore());
    addCandidates(topology, CALLED_CANDIDATES_SINK, topics.triggerCandidates(), RECIPIENTS);
    addDeadLetters(topology, RECIPIENTS_DEAD_LETTERS_SINK, RECIPIENTS);
  }

  private void addTrigger(Topology topology) {
    addSource(topology, TRIGGER_CANDIDATES_SOURCE, topics.triggerCandidates());
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
    addOutput(topology, TRIGGERS_SINK, topics.triggers(), Trigger.class, TRIGGER);
    addOutput(topology, HELD_TRIGGERS_SINK, topics.heldTriggers(), HeldTrigger.class, TRIGGER);
    addDeadLetters(topology, TRIGGER_DEAD_LETTERS_SINK, TRIGGER);
  }

  private static <T extends SpecificRecord> void addSink(
      Topology topology, EntityType type, String sink, String topic, Serializer<T> serializer) {
    topology.addSink(
        type.named(sink), topic, new StringSerializer(), serializer, type.named(PROFILE));
  }

  private <T extends SpecificRecord> void addOutput(
      Topology topology, EntityType type, String sink, String topic, Class<T> value) {
    addOutput(topology, type.named(sink), topic, value, type.named(PROFILE));
  }

  private <T extends SpecificRecord> void addOutput(
      Topology topology, String sink, String topic, Class<T> value, String parent) {
    topology.addSink(
        sink, topic, new StringSerializer(), AvroSerde.of(value, registry).serializer(), parent);
  }

  private void addDeadLetters(Topology topology, String sink, String... parents) {
    topology.addSink(
        sink, topics.deadLetters(), new ByteArraySerializer(), new ByteArraySerializer(), parents);
  }

  private ProfileStoreBuilder<Profile> profiles(EntityProfiles entity) {
    return new ProfileStoreBuilder<>(
        entity.type().profileStore(),
        new StoredProfile(entity.engine()),
        cache,
        metrics.profileStore());
  }
}
