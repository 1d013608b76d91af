package dev.presage.schemas.topics;

import dev.presage.schemas.avro.Census;
import dev.presage.schemas.avro.DefinitionStatus;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.HeldTrigger;
import dev.presage.schemas.avro.IdentityLink;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelStatus;
import dev.presage.schemas.avro.PrivacyCommand;
import dev.presage.schemas.avro.PrivacyReceipt;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.schemas.avro.SegmentChange;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.TrainingExample;
import dev.presage.schemas.avro.TrainingRun;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.schemas.avro.Trigger;
import dev.presage.schemas.avro.TriggerCandidate;
import dev.presage.schemas.avro.TriggerDefinition;
import dev.presage.schemas.registry.SchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/** Every topic of the contract, in the order in which data flows through them. */
public final class TopicCatalogue {
  /** Largest record on {@code models}: an artefact of 64 MiB and room for its metadata. */
  public static final int LARGEST_MODEL_RECORD_BYTES = 72 << 20;

  /**
   * Largest record on {@code profile-log} and {@code dead-letters}: larger than a broker accepts by
   * default, so that whatever it accepted on {@code events} fits there with its headers.
   */
  public static final int LARGEST_COPIED_RECORD_BYTES = 8 << 20;

  private static final Map<String, String> COMPACTED =
      Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);

  /**
   * Kept by the time at which the broker got them: records of a back-fill carry the times of old
   * events, and the broker's retention would delete them before anybody reads them.
   */
  private static final Map<String, String> BY_TIME_OF_ARRIVAL =
      Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");

  private static final Map<String, String> COMPACTED_BY_TIME_OF_ARRIVAL =
      both(COMPACTED, BY_TIME_OF_ARRIVAL);

  /** Every few seconds anew, and only the newest counts: old ones are to be gone soon. */
  private static final Map<String, String> POPULATION =
      both(
          COMPACTED_BY_TIME_OF_ARRIVAL,
          Map.of(
              TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(16 << 20),
              TopicConfig.SEGMENT_MS_CONFIG, Integer.toString(3_600_000)));

  /** For a while, and until it is taken back. */
  private static final Map<String, String> EXAMPLES =
      both(
          Map.of(
              TopicConfig.CLEANUP_POLICY_CONFIG,
              TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE,
              TopicConfig.RETENTION_MS_CONFIG,
              Long.toString(Duration.ofDays(400).toMillis())),
          BY_TIME_OF_ARRIVAL);

  private static final Map<String, String> MODELS =
      both(COMPACTED, largest(LARGEST_MODEL_RECORD_BYTES));
  private static final Map<String, String> PROFILE_LOG =
      both(Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1"), largest(LARGEST_COPIED_RECORD_BYTES));
  private static final Map<String, String> DEAD_LETTERS =
      both(BY_TIME_OF_ARRIVAL, largest(LARGEST_COPIED_RECORD_BYTES));

  private final List<TopicSpec> specs;

  /**
   * The catalogue of one installation.
   *
   * @param partitions partitions of the topics that carry profiles, so the largest number of tasks
   *     that can work side by side
   */
  public TopicCatalogue(Topics topics, int partitions) {
    this(topics, partitions, List.of());
  }

  /**
   * The catalogue of one installation that profiles more than customers.
   *
   * @param entityTypes the other entity types, each with a profile log of its own
   */
  public TopicCatalogue(Topics topics, int partitions, Collection<String> entityTypes) {
    Builder all = new Builder(partitions);
    all.spread(topics.events(), "any external ID", Event.getClassSchema(), Map.of());
    all.spread(topics.identityLinks(), "external ID", IdentityLink.getClassSchema(), Map.of());
    all.single(topics.traitDefinitions(), "trait", TraitDefinition.getClassSchema(), COMPACTED);
    all.single(
        topics.segmentDefinitions(), "segmentation", SegmentDefinition.getClassSchema(), COMPACTED);
    all.single(
        topics.triggerDefinitions(), "trigger", TriggerDefinition.getClassSchema(), COMPACTED);
    all.single(
        topics.definitionStatus(),
        "kind/name/instance",
        DefinitionStatus.getClassSchema(),
        COMPACTED_BY_TIME_OF_ARRIVAL);
    all.single(topics.models(), "trait/version", ModelArtefact.getClassSchema(), MODELS);
    all.single(
        topics.modelStatus(),
        "trait/instance",
        ModelStatus.getClassSchema(),
        COMPACTED_BY_TIME_OF_ARRIVAL);
    all.single(
        topics.trainingRuns(),
        "trait/run",
        TrainingRun.getClassSchema(),
        COMPACTED_BY_TIME_OF_ARRIVAL);
    all.exact(topics.profileLog(), "profile ID", ProfileLogRecord.getClassSchema(), PROFILE_LOG);
    for (String entityType : entityTypes) {
      all.exact(
          topics.profileLog(entityType),
          "profile ID",
          ProfileLogRecord.getClassSchema(),
          PROFILE_LOG);
    }
    all.spread(
        topics.traitUpdates(), "canonical ID", TraitUpdate.getClassSchema(), BY_TIME_OF_ARRIVAL);
    all.spread(
        topics.traitValues(),
        "canonical ID/trait",
        TraitUpdate.getClassSchema(),
        COMPACTED_BY_TIME_OF_ARRIVAL);
    all.spread(
        topics.segmentChanges(),
        "canonical ID",
        SegmentChange.getClassSchema(),
        BY_TIME_OF_ARRIVAL);
    all.exact(
        topics.triggerCalls(), "trigger", TriggerCandidate.getClassSchema(), BY_TIME_OF_ARRIVAL);
    all.exact(
        topics.triggerCandidates(),
        "trigger",
        TriggerCandidate.getClassSchema(),
        BY_TIME_OF_ARRIVAL);
    all.spread(topics.triggers(), "canonical ID", Trigger.getClassSchema(), BY_TIME_OF_ARRIVAL);
    all.spread(
        topics.heldTriggers(), "canonical ID", HeldTrigger.getClassSchema(), BY_TIME_OF_ARRIVAL);
    all.spread(
        topics.trainingExamples(),
        "canonical ID/trait/number",
        TrainingExample.getClassSchema(),
        EXAMPLES);
    all.spread(topics.privacyCommands(), "external ID", PrivacyCommand.getClassSchema(), Map.of());
    all.spread(
        topics.privacyReceipts(),
        "request ID",
        PrivacyReceipt.getClassSchema(),
        COMPACTED_BY_TIME_OF_ARRIVAL);
    all.single(
        topics.population(),
        "trait/<trait>/<partition> or segmentation/<segmentation>/<partition>",
        Census.getClassSchema(),
        POPULATION);
    all.single(topics.deadLetters(), "as received", null, DEAD_LETTERS);
    this.specs = List.copyOf(all.specs);
  }

  /** What each topic must be. */
  public List<TopicSpec> specs() {
    return specs;
  }

  /**
   * Registers the schema of every topic, so that a schema which does not fit stops an application
   * when it starts and not at its first record.
   */
  public void registerSchemas(SchemaRegistry registry) {
    for (TopicSpec spec : specs) {
      if (spec.value() != null) {
        registry.register(spec.name() + "-value", spec.value());
      }
    }
  }

  private static Map<String, String> largest(int bytes) {
    return Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes));
  }

  private static Map<String, String> both(Map<String, String> some, Map<String, String> others) {
    Map<String, String> all = new HashMap<>(some);
    all.putAll(others);
    return Map.copyOf(all);
  }

  private static final class Builder {
    private final List<TopicSpec> specs = new ArrayList<>();
    private final int partitions;

    Builder(int partitions) {
      this.partitions = partitions;
    }

    /** Others may have made it, with as many partitions as they like. */
    void spread(String name, String key, Schema value, Map<String, String> config) {
      specs.add(new TopicSpec(name, key, value, partitions, false, config));
    }

    /** As many partitions as tasks, no more and no fewer. */
    void exact(String name, String key, Schema value, Map<String, String> config) {
      specs.add(new TopicSpec(name, key, value, partitions, true, config));
    }

    /** One partition, so that there is one order. */
    void single(String name, String key, @Nullable Schema value, Map<String, String> config) {
      specs.add(new TopicSpec(name, key, value, 1, true, config));
    }
  }
}
