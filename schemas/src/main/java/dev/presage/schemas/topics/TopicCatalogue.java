package dev.presage.schemas.topics;

import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.IdentityLink;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelStatus;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.schemas.avro.SegmentChange;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.TrainingExample;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.schemas.avro.Trigger;
import dev.presage.schemas.registry.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/** Every topic of the contract, in the order in which data flows through them. */
public final class TopicCatalogue {
  /** Largest record on {@code models}: an artefact of 64 MiB and room for its metadata. */
  public static final int LARGEST_MODEL_RECORD_BYTES = 72 << 20;

  private static final Map<String, String> COMPACTED =
      Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
  private static final Map<String, String> KEPT_FOR_EVER =
      Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1");
  private static final Map<String, String> MODELS =
      Map.of(
          TopicConfig.CLEANUP_POLICY_CONFIG,
          TopicConfig.CLEANUP_POLICY_COMPACT,
          TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
          Integer.toString(LARGEST_MODEL_RECORD_BYTES));

  private final List<TopicSpec> specs;

  /**
   * The catalogue of one installation.
   *
   * @param partitions partitions of the topics that carry profiles, so the largest number of tasks
   *     that can work side by side
   */
  public TopicCatalogue(Topics topics, int partitions) {
    Builder all = new Builder(partitions);
    all.spread(topics.events(), "any external ID", Event.getClassSchema(), Map.of());
    all.spread(topics.identityLinks(), "external ID", IdentityLink.getClassSchema(), Map.of());
    all.single(topics.traitDefinitions(), "trait", TraitDefinition.getClassSchema(), COMPACTED);
    all.single(
        topics.segmentDefinitions(), "segmentation", SegmentDefinition.getClassSchema(), COMPACTED);
    all.single(topics.models(), "trait/version", ModelArtefact.getClassSchema(), MODELS);
    all.single(topics.modelStatus(), "trait/instance", ModelStatus.getClassSchema(), COMPACTED);
    all.spread(topics.profileLog(), "profile ID", ProfileLogRecord.getClassSchema(), KEPT_FOR_EVER);
    all.spread(topics.traitUpdates(), "canonical ID", TraitUpdate.getClassSchema(), Map.of());
    all.spread(topics.traitValues(), "canonical ID/trait", TraitUpdate.getClassSchema(), COMPACTED);
    all.spread(topics.segmentChanges(), "canonical ID", SegmentChange.getClassSchema(), Map.of());
    all.spread(topics.triggers(), "canonical ID", Trigger.getClassSchema(), Map.of());
    all.spread(
        topics.trainingExamples(), "canonical ID", TrainingExample.getClassSchema(), Map.of());
    all.single(topics.deadLetters(), "as received", null, Map.of());
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

  private static final class Builder {
    private final List<TopicSpec> specs = new ArrayList<>();
    private final int partitions;

    Builder(int partitions) {
      this.partitions = partitions;
    }

    void spread(String name, String key, Schema value, Map<String, String> config) {
      specs.add(new TopicSpec(name, key, value, partitions, config));
    }

    void single(String name, String key, @Nullable Schema value, Map<String, String> config) {
      specs.add(new TopicSpec(name, key, value, 1, config));
    }
  }
}
