package dev.presage.scoring.profile;

import dev.presage.features.ApplyOutcome;
import dev.presage.features.state.ProfileStore;
import dev.presage.model.LoadedModel;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.schemas.avro.SegmentChange;
import dev.presage.schemas.avro.TrainingExample;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.schemas.avro.TriggerCandidate;
import dev.presage.scoring.deadletter.DeadLetter;
import dev.presage.scoring.deadletter.Refusal;
import dev.presage.scoring.deadletter.Refusal.Code;
import dev.presage.scoring.metrics.ScoringMetrics;
import dev.presage.scoring.rules.RuleBook;
import dev.presage.scoring.trigger.Triggers;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Folds the profile log into the profile store and forwards what the fold sends out. */
public final class ProfileProcessor implements Processor<byte[], byte[], Object, Object>, Effects {
  private final ProfileFold fold;
  private final Deserializer<ProfileLogRecord> deserializer;
  private final RuleBook rules;
  private final ScoringMetrics metrics;
  private final String storeName;
  private final Sinks sinks;
  private ProcessorContext<Object, Object> context;
  private ProfileStore<Profile> store;
  private long recordTimestamp;

  /** Names of the sinks that the processor forwards to. */
  public record Sinks(
      String traitUpdates,
      String traitValues,
      String segmentChanges,
      String trainingExamples,
      String triggerCandidates,
      String deadLetters) {}

  /** Creates a processor; one an assigned partition. */
  @SuppressWarnings("NullAway.Init") // init() comes before process(), by Kafka Streams' contract.
  public ProfileProcessor(
      ProfileFold fold,
      Deserializer<ProfileLogRecord> deserializer,
      RuleBook rules,
      ScoringMetrics metrics,
      String storeName,
      Sinks sinks) {
    this.fold = fold;
    this.deserializer = deserializer;
    this.rules = rules;
    this.metrics = metrics;
    this.storeName = storeName;
    this.sinks = sinks;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    this.context = context;
    this.store = context.getStateStore(storeName);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    long start = System.nanoTime();
    recordTimestamp = record.timestamp();
    Refusal refusal = fold(record);
    if (refusal != null) {
      metrics.deadLetter(refusal.code());
      context.forward(
          DeadLetter.of(record, context.recordMetadata().orElseThrow(), refusal),
          sinks.deadLetters());
    }
    metrics.eventTook(System.nanoTime() - start);
  }

  private @Nullable Refusal fold(Record<byte[], byte[]> record) {
    if (record.key() == null || record.value() == null) {
      return new Refusal(Code.EMPTY, "A record of the profile log needs a key and a value");
    }
    ProfileLogRecord entry;
    try {
      entry =
          deserializer.deserialize(context.recordMetadata().orElseThrow().topic(), record.value());
    } catch (SerializationException e) {
      return new Refusal(Code.UNREADABLE, String.valueOf(e.getMessage()));
    }
    Event event = entry.getEvent();
    if (event == null) {
      return new Refusal(
          Code.UNSUPPORTED, "This version applies events; links, absorbs and erasures come later");
    }
    return apply(record.key(), event);
  }

  private @Nullable Refusal apply(byte[] key, Event event) {
    Profile stored = store.get(key);
    Profile profile = stored == null ? fold.newProfile() : stored;
    String profileId = new String(key, StandardCharsets.UTF_8);
    ApplyOutcome outcome = fold.apply(profileId, profile, event, rules.current(), this);
    return switch (outcome.kind()) {
      case APPLIED, APPLIED_LATE -> {
        store.put(key, profile);
        metrics.applied(outcome.kind() == ApplyOutcome.Kind.APPLIED_LATE);
        yield null;
      }
      case DUPLICATE -> {
        metrics.duplicate();
        yield null;
      }
      case TOO_LATE -> new Refusal(Code.TOO_LATE, outcome.reason());
      case INVALID -> new Refusal(Code.INVALID_PROPERTY, outcome.reason());
    };
  }

  @Override
  public void traitUpdate(TraitUpdate update) {
    metrics.traitUpdate(update.getTrait());
    forward(update.getCanonicalId(), update, sinks.traitUpdates());
    forward(update.getCanonicalId() + "/" + update.getTrait(), update, sinks.traitValues());
  }

  @Override
  public void segmentChange(SegmentChange change) {
    metrics.segmentChange(change.getSegmentation());
    forward(change.getCanonicalId(), change, sinks.segmentChanges());
  }

  @Override
  public void example(TrainingExample example) {
    forward(example.getCanonicalId(), example, sinks.trainingExamples());
  }

  @Override
  public void triggerCandidate(TriggerCandidate candidate) {
    forward(Triggers.key(candidate), candidate, sinks.triggerCandidates());
  }

  @Override
  public void challenged(LoadedModel challenger, double score, double live) {
    metrics.models().challenged(challenger, score, live);
  }

  @Override
  public void scored(String trait) {
    metrics.score(trait);
  }

  private void forward(String key, Object value, String sink) {
    context.forward(new Record<>(key, value, recordTimestamp), sink);
  }
}
