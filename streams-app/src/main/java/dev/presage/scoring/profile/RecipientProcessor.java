package dev.presage.scoring.profile;

import dev.presage.features.FeatureEngine;
import dev.presage.features.state.AgendaStore;
import dev.presage.features.state.ProfileStore;
import dev.presage.schemas.avro.TriggerCandidate;
import dev.presage.schemas.avro.TriggerDefinition;
import dev.presage.scoring.deadletter.DeadLetter;
import dev.presage.scoring.deadletter.Refusal;
import dev.presage.scoring.deadletter.Refusal.Code;
import dev.presage.scoring.entity.EntityType;
import dev.presage.scoring.metrics.CallProgress;
import dev.presage.scoring.metrics.ProgressBoard;
import dev.presage.scoring.metrics.ScoringMetrics;
import dev.presage.scoring.population.Population;
import dev.presage.scoring.rules.RuleBook;
import dev.presage.scoring.trigger.CandidateSink;
import dev.presage.scoring.trigger.Triggers;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Takes calls, which say what happened to something else than a customer, and goes through the
 * customers of a partition to find who receives it: in the background, within a budget. It shares
 * the stores of the profile processor, which fills them.
 */
public final class RecipientProcessor
    implements Processor<byte[], byte[], Object, Object>, CandidateSink {
  private final FeatureEngine engine;
  private final RuleBook rules;
  private final Population population;
  private final Deserializer<TriggerCandidate> deserializer;
  private final String topic;
  private final ScoringMetrics metrics;
  private final BackgroundWork background;
  private final ProgressBoard board;
  private final Sinks sinks;
  private ProcessorContext<Object, Object> context;
  private AgendaStore agenda;
  private PendingCalls calls;
  private Recipients recipients;
  private CallProgress progress = CallProgress.NONE;
  private long effectMillis;

  /** Names of the sinks that the processor forwards to. */
  public record Sinks(String triggerCandidates, String deadLetters) {}

  /**
   * Creates a processor; one an assigned partition.
   *
   * @param engine of the declared features of customers
   * @param rules of customers
   * @param population what values are ranked against
   * @param topic of the calls
   */
  @SuppressWarnings("NullAway.Init") // init() comes before process(), by Kafka Streams' contract.
  public RecipientProcessor(
      FeatureEngine engine,
      RuleBook rules,
      Population population,
      Deserializer<TriggerCandidate> deserializer,
      String topic,
      ScoringMetrics metrics,
      BackgroundWork background,
      ProgressBoard board,
      Sinks sinks) {
    this.engine = engine;
    this.rules = rules;
    this.population = population;
    this.deserializer = deserializer;
    this.topic = topic;
    this.metrics = metrics;
    this.background = background;
    this.board = board;
    this.sinks = sinks;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    this.context = context;
    ProfileStore<Profile> profiles = context.getStateStore(EntityType.CUSTOMER.profileStore());
    this.agenda = context.getStateStore(EntityType.CUSTOMER.agendaStore());
    this.calls = new PendingCalls(profiles, agenda);
    this.recipients =
        new Recipients(
            engine, population, profiles, bytes -> deserializer.deserialize(topic, bytes), this);
    report(false);
    var unused =
        context.schedule(
            background.interval(), PunctuationType.WALL_CLOCK_TIME, this::workInBackground);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Refusal refusal = take(record.value());
    if (refusal != null) {
      metrics.deadLetter(refusal.code());
      context.forward(
          DeadLetter.of(record, context.recordMetadata().orElseThrow(), refusal),
          sinks.deadLetters());
    }
  }

  private @Nullable Refusal take(byte @Nullable [] value) {
    if (value == null) {
      return new Refusal(Code.EMPTY, "A record of the trigger calls needs a value");
    }
    TriggerDefinition definition;
    try {
      definition = deserializer.deserialize(topic, value).getDefinition();
    } catch (SerializationException e) {
      return new Refusal(Code.UNREADABLE, String.valueOf(e.getMessage()));
    }
    if (definition == null || definition.getRecipients() == null) {
      return new Refusal(Code.UNSUPPORTED, "A trigger call needs a definition with recipients");
    }
    calls.add(value);
    report(false);
    return null;
  }

  private void workInBackground(long wallClockMillis) {
    effectMillis = wallClockMillis;
    recipients.by(rules.current());
    calls.goOn(new Turn(background.budgetNanos() / 3), recipients);
    // What was just sent is not out before the commit; a turn after it says so.
    report(calls.size() == 0 && (progress.isDone() || agenda.isWritten()));
  }

  private void report(boolean isDone) {
    CallProgress now = new CallProgress(calls.size(), calls.passed(), isDone);
    if (!now.equals(progress)) {
      progress = now;
      board.called(EntityType.CUSTOMER, context.taskId().partition(), now);
    }
  }

  @Override
  public void triggerCandidate(TriggerCandidate candidate) {
    context.forward(
        new Record<Object, Object>(Triggers.key(candidate), candidate, effectMillis),
        sinks.triggerCandidates());
  }
}
