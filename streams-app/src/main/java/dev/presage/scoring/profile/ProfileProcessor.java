package dev.presage.scoring.profile;

import dev.presage.features.FeatureEngine;
import dev.presage.features.identity.FoldOutcome;
import dev.presage.features.state.AgendaStore;
import dev.presage.features.state.ProfileStore;
import dev.presage.model.LoadedModel;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.PrivacyAction;
import dev.presage.schemas.avro.PrivacyOutcome;
import dev.presage.schemas.avro.PrivacyReceipt;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.schemas.avro.SegmentChange;
import dev.presage.schemas.avro.TrainingExample;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.schemas.avro.TriggerCandidate;
import dev.presage.scoring.deadletter.DeadLetter;
import dev.presage.scoring.deadletter.Refusal;
import dev.presage.scoring.deadletter.Refusal.Code;
import dev.presage.scoring.entity.EntityType;
import dev.presage.scoring.ingest.Ingest.Origin;
import dev.presage.scoring.ingest.LogCheck;
import dev.presage.scoring.metrics.CensusProgress;
import dev.presage.scoring.metrics.PartitionProgress;
import dev.presage.scoring.metrics.ProgressBoard;
import dev.presage.scoring.metrics.ScoringMetrics;
import dev.presage.scoring.population.CensusExchange;
import dev.presage.scoring.population.PartitionCensus;
import dev.presage.scoring.rules.RuleBook;
import dev.presage.scoring.rules.ScoringRules;
import dev.presage.scoring.trigger.Triggers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Objects;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Folds the profile log of a partition into the profile store and forwards what the fold sends out;
 * beside that, within its budget, it looks at profiles that fell silent, sweeps, and keeps the
 * census of the partition.
 */
public final class ProfileProcessor implements Processor<byte[], byte[], Object, Object>, Effects {
  private final EntityType entityType;
  private final ProfileFold fold;
  private final @Nullable LogCheck check;
  private final Deserializer<ProfileLogRecord> deserializer;
  private final WaitingExamples.Format exampleFormat;
  private final RuleBook rules;
  private final ScoringMetrics metrics;
  private final BackgroundWork background;
  private final InstantSource clock;
  private final ProgressBoard board;
  private final CensusExchange exchange;
  private final Sinks sinks;
  private ProcessorContext<Object, Object> context;
  private ProfileStore<Profile> profiles;
  private AgendaStore agenda;
  private PublishedNames names;
  private WaitingExamples examples;
  private Sweep sweep;
  private PartitionCensus census;
  private CensusScan censusScan;
  private CensusProgress counted = CensusProgress.NONE;
  private long sharedMillis;
  private PartitionProgress progress = PartitionProgress.NONE;
  private long newestRecordMillis;
  private long effectMillis;

  /** Names of the sinks that the processor forwards to. */
  public record Sinks(
      String profileLog,
      String traitUpdates,
      String traitValues,
      String segmentChanges,
      String trainingExamples,
      String triggerCandidates,
      String triggerCalls,
      String privacyReceipts,
      String population,
      String deadLetters) {}

  /**
   * Creates a processor; one an assigned partition.
   *
   * @param check what events are checked by where producers write the log; null where ingest does
   * @param clock the wall clock, which moves the time of a partition without records
   * @param exchange how the census of the partition is shared
   */
  @SuppressWarnings("NullAway.Init") // init() comes before process(), by Kafka Streams' contract.
  public ProfileProcessor(
      EntityType entityType,
      ProfileFold fold,
      @Nullable LogCheck check,
      Deserializer<ProfileLogRecord> deserializer,
      Serde<TrainingExample> exampleSerde,
      String exampleTopic,
      RuleBook rules,
      ScoringMetrics metrics,
      BackgroundWork background,
      InstantSource clock,
      ProgressBoard board,
      CensusExchange exchange,
      Sinks sinks) {
    this.entityType = entityType;
    this.fold = fold;
    this.check = check;
    this.deserializer = deserializer;
    this.exampleFormat =
        new WaitingExamples.Format(
            example -> exampleSerde.serializer().serialize(exampleTopic, example),
            bytes -> exampleSerde.deserializer().deserialize(exampleTopic, bytes));
    this.rules = rules;
    this.metrics = metrics;
    this.background = background;
    this.clock = clock;
    this.board = board;
    this.exchange = exchange;
    this.sinks = sinks;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    this.context = context;
    this.profiles = context.getStateStore(entityType.profileStore());
    this.agenda = context.getStateStore(entityType.agendaStore());
    this.names = new PublishedNames(agenda);
    this.examples = new WaitingExamples(agenda, exampleFormat);
    this.sweep = new Sweep(profiles, agenda);
    this.census = new PartitionCensus(context.taskId().partition());
    this.censusScan = new CensusScan(profiles, census);
    this.counted = CensusProgress.NONE;
    this.sharedMillis = 0;
    this.newestRecordMillis = clock.millis();
    report(PartitionProgress.NONE);
    board.counted(entityType, context.taskId().partition(), counted);
    var unused =
        context.schedule(
            background.interval(), PunctuationType.WALL_CLOCK_TIME, this::workInBackground);
  }

  @Override
  public void close() {
    board.left(entityType, context.taskId().partition());
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    long start = System.nanoTime();
    effectMillis = record.timestamp();
    newestRecordMillis = clock.millis();
    if (progress.isUpToTime()) {
      report(progress.behind());
    }
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
    if (check != null) {
      Refusal refusal = check.refusal(record.key(), record.value().length, entry);
      if (refusal != null) {
        return refusal;
      }
      entry = check.withId(entry, origin());
    }
    Event event = entry.getEvent();
    if (event != null) {
      if (event.getOccurredAt() == null || !FeatureEngine.isEventTime(event.getOccurredAt())) {
        return new Refusal(Code.TIME_OUT_OF_RANGE, "The event's time must be from 1970 to 2099");
      }
      // What was sent on comes from another partition, which may be ahead.
      if (entry.getVia().isEmpty()) {
        agenda.advanceClock(event.getOccurredAt().toEpochMilli());
      }
    }
    return apply(record.key(), entry);
  }

  private Origin origin() {
    RecordMetadata source = context.recordMetadata().orElseThrow();
    return new Origin(source.topic(), source.partition(), source.offset());
  }

  private @Nullable Refusal apply(byte[] key, ProfileLogRecord entry) {
    Profile stored = profiles.get(key);
    Profile profile = stored == null ? fold.newProfile() : stored;
    String profileId = new String(key, StandardCharsets.UTF_8);
    ScoringRules now = rules.current();
    FoldOutcome outcome = fold.apply(profileId, profile, entry, agenda.clock(), now, this);
    metrics.folded(outcome.kind());
    return switch (outcome.kind()) {
      case TOO_LATE, INVALID -> {
        if (stored != null) {
          keep(key, profile, now);
        }
        yield new Refusal(code(outcome, entry), String.valueOf(outcome.reason()));
      }
      default -> {
        keep(key, profile, now);
        yield null;
      }
    };
  }

  private static Code code(FoldOutcome outcome, ProfileLogRecord entry) {
    if (outcome.kind() == FoldOutcome.Kind.TOO_LATE) {
      return Code.TOO_LATE;
    }
    return entry.getEvent() == null ? Code.UNSUPPORTED : Code.INVALID_PROPERTY;
  }

  /** Keeps a profile, and sees to it that its timer is due no later than anything of it. */
  private void keep(byte[] key, Profile profile, ScoringRules now) {
    long due = fold.nextDueMillis(profile, now);
    if (due < Long.MAX_VALUE
        && (profile.timerMillis() == Profile.NO_TIMER || due < profile.timerMillis())) {
      agenda.arm(due, key);
      profile.timer(due);
    } else if (profile.timerMillis() != Profile.NO_TIMER && !profile.isAlive()) {
      // Its ID must not stay in the agenda when it is gone.
      agenda.disarm(profile.timerMillis(), key);
      profile.timer(Profile.NO_TIMER);
    }
    profiles.put(key, profile);
  }

  private void workInBackground(long wallClockMillis) {
    effectMillis = wallClockMillis;
    if (background.clockMode() == BackgroundWork.ClockMode.WALL) {
      long idleSince = clock.millis() - background.idle().toMillis();
      if (newestRecordMillis <= idleSince) {
        agenda.advanceClock(idleSince);
      }
    }
    ScoringRules now = rules.current();
    long turn = background.budgetNanos() / 3;
    Turn silence = new Turn(turn);
    boolean isUpToTime =
        agenda.fire(agenda.clock() - 1, (due, key) -> timerIsDue(due, key, now), silence);
    sweep.goOn(now, new Turn(turn), key -> rescore(key, now));
    takeCensus(now, turn);
    // What was just sent is not out before the commit; the turn after it says so.
    boolean isOut = agenda.isWritten();
    PartitionProgress after =
        new PartitionProgress(
            agenda.clock(),
            isUpToTime && isOut,
            sweep.rulesHash(),
            sweep.isDone(now),
            sweep.swept());
    if (!after.equals(progress)) {
      report(after);
    }
  }

  private void takeCensus(ScoringRules now, long nanos) {
    census.follow(now);
    boolean wasDone = census.isDone();
    censusScan.goOn(new Turn(nanos));
    long millis = clock.millis();
    if (wasDone != census.isDone() || millis - sharedMillis >= exchange.interval().toMillis()) {
      sharedMillis = millis;
      census.share(
          clock.instant(),
          exchange.population()::hasComplete,
          (key, value) -> forward(key, value, sinks.population()));
    }
    CensusProgress counted = new CensusProgress(census.passed(), census.isDone());
    if (!counted.equals(this.counted)) {
      this.counted = counted;
      board.counted(entityType, context.taskId().partition(), counted);
    }
  }

  private void timerIsDue(long dueMillis, byte[] key, ScoringRules now) {
    Profile profile = profiles.get(key);
    if (profile == null || profile.timerMillis() != dueMillis) {
      // Another one was armed meanwhile.
      return;
    }
    profile.timer(Profile.NO_TIMER);
    fold.advance(new String(key, StandardCharsets.UTF_8), profile, agenda.clock() - 1, now, this);
    keep(key, profile, now);
  }

  private void rescore(byte[] key, ScoringRules now) {
    Profile profile = profiles.get(key);
    if (profile != null && profile.isAlive()) {
      fold.rescore(new String(key, StandardCharsets.UTF_8), profile, now, this);
      keep(key, profile, now);
    }
  }

  private void report(PartitionProgress now) {
    progress = now;
    board.report(entityType, context.taskId().partition(), now);
  }

  @Override
  public void traitUpdate(TraitUpdate update) {
    metrics.traitUpdate(update.getTrait());
    names.published(update.getTrait());
    forward(update.getCanonicalId(), update, sinks.traitUpdates());
    forward(
        entityType.valueKey(update.getCanonicalId(), update.getTrait()),
        update,
        sinks.traitValues());
  }

  @Override
  public void traitWithdrawn(String profileId, int traitId) {
    String trait = Objects.requireNonNull(names.name(traitId));
    forward(entityType.valueKey(profileId, trait), null, sinks.traitValues());
  }

  @Override
  public void segmentChange(SegmentChange change) {
    metrics.segmentChange(change.getSegmentation());
    forward(change.getCanonicalId(), change, sinks.segmentChanges());
  }

  @Override
  public void example(TrainingExample example, long number, long labelMillis, long targetsBefore) {
    examples.keep(example, number, labelMillis, targetsBefore);
    forwardExample(example, number);
  }

  @Override
  public long label(String profileId, long untilMillis, Labels labels) {
    return examples.take(
        profileId,
        untilMillis,
        (example, number, targetsBefore) -> {
          Double label = labels.of(example, targetsBefore);
          if (label != null) {
            forwardExample(TrainingExample.newBuilder(example).setLabel(label).build(), number);
          }
        });
  }

  @Override
  public void examplesWithdrawn(String profileId, int traitId, long count) {
    String trait = Objects.requireNonNull(names.name(traitId));
    for (long number = 1; number <= count; number++) {
      forward(exampleKey(profileId, trait, number), null, sinks.trainingExamples());
    }
  }

  private void forwardExample(TrainingExample example, long number) {
    forward(
        exampleKey(example.getCanonicalId(), example.getTrait(), number),
        example,
        sinks.trainingExamples());
  }

  private String exampleKey(String profileId, String trait, long number) {
    return entityType.valueKey(profileId, trait) + "/" + number;
  }

  @Override
  public void triggerCandidate(TriggerCandidate candidate) {
    if (Triggers.isCall(candidate)) {
      metrics.triggers().called(candidate.getDefinition().getTrigger());
      forward(Triggers.key(candidate), candidate, sinks.triggerCalls());
    } else {
      forward(Triggers.key(candidate), candidate, sinks.triggerCandidates());
    }
  }

  @Override
  public void toLog(String profileId, ProfileLogRecord entry) {
    forward(profileId, entry, sinks.profileLog());
  }

  @Override
  public void acknowledged(
      String requestId, PrivacyAction action, PrivacyOutcome outcome, int ids) {
    PrivacyReceipt receipt = new PrivacyReceipt(requestId, action, outcome, ids, clock.instant());
    forward(requestId, receipt, sinks.privacyReceipts());
  }

  @Override
  public void valueMoved(String profileId, int traitId, double from, double to) {
    census.traitMoved(profileId, traitId, from, to);
  }

  @Override
  public void segmentEntered(String profileId, int segmentationId, int segmentId) {
    census.entered(profileId, segmentationId, segmentId);
  }

  @Override
  public void segmentLeft(String profileId, int segmentationId, int segmentId) {
    census.left(profileId, segmentationId, segmentId);
  }

  @Override
  public void challenged(
      LoadedModel challenger, double score, @Nullable LoadedModel live, double liveScore) {
    metrics.models().challenged(challenger, score, live, liveScore);
  }

  @Override
  public void scored(String trait) {
    metrics.score(trait);
  }

  private void forward(String key, @Nullable Object value, String sink) {
    context.forward(new Record<>(key, value, effectMillis), sink);
  }
}
