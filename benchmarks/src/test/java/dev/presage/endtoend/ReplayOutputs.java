package dev.presage.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import dev.presage.schemas.avro.HeldTrigger;
import dev.presage.schemas.avro.SegmentChange;
import dev.presage.schemas.avro.TrainingExample;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.schemas.avro.Trigger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a replay ended in. Topics by key, each key's records in their order; null is a tombstone.
 *
 * @param profiles answers to queries, by ID
 * @param receipts outcomes of privacy commands, by request ID
 * @param vectors every vector that was served, held against the log
 * @param rows what the retrainer trains on, held against what was served
 * @param partitions how many partitions of profiles each instance had in the end
 */
record ReplayOutputs(
    Map<String, JsonNode> profiles,
    Map<String, List<@Nullable TraitUpdate>> traitUpdates,
    Map<String, List<@Nullable TraitUpdate>> traitValues,
    Map<String, List<@Nullable SegmentChange>> segmentChanges,
    Map<String, List<@Nullable TrainingExample>> trainingExamples,
    Map<String, List<@Nullable Trigger>> triggers,
    Map<String, List<@Nullable HeldTrigger>> heldTriggers,
    Map<String, String> receipts,
    long deadLetters,
    ServedVectors vectors,
    RetrainedRows rows,
    List<Integer> partitions) {}
