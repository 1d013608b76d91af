package dev.presage.scoring.trigger;

import dev.presage.schemas.avro.HeldTrigger;
import dev.presage.schemas.avro.Trigger;
import dev.presage.schemas.avro.TriggerCandidate;
import dev.presage.schemas.avro.TriggerDefinition;
import dev.presage.scoring.deadletter.DeadLetter;
import dev.presage.scoring.deadletter.Refusal;
import dev.presage.scoring.deadletter.Refusal.Code;
import dev.presage.scoring.entity.EntityType;
import dev.presage.scoring.metrics.ScoringMetrics;
import dev.presage.scoring.trigger.CapDecision.Held;
import dev.presage.scoring.trigger.CapDecision.Sent;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Decides candidates under their caps. All candidates of one trigger are in one partition, so what
 * is counted here is all that there is. Stored is what each profile was sent; the places of a total
 * cap are made from it when the first candidate comes that needs them.
 */
public final class TriggerProcessor implements Processor<byte[], byte[], Object, Object> {
  private final Deserializer<TriggerCandidate> deserializer;
  private final ScoringMetrics metrics;
  private final String storeName;
  private final Sinks sinks;
  private final Map<String, Places> places = new HashMap<>();
  private ProcessorContext<Object, Object> context;
  private KeyValueStore<byte[], byte[]> store;

  /** Names of the sinks that the processor forwards to. */
  public record Sinks(String triggers, String heldTriggers, String deadLetters) {}

  /** Creates a processor; one an assigned partition. */
  @SuppressWarnings("NullAway.Init") // init() comes before process(), by Kafka Streams' contract.
  public TriggerProcessor(
      Deserializer<TriggerCandidate> deserializer,
      ScoringMetrics metrics,
      String storeName,
      Sinks sinks) {
    this.deserializer = deserializer;
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
    Refusal refusal = take(record);
    if (refusal != null) {
      metrics.deadLetter(refusal.code());
      context.forward(
          DeadLetter.of(record, context.recordMetadata().orElseThrow(), refusal),
          sinks.deadLetters());
    }
  }

  private @Nullable Refusal take(Record<byte[], byte[]> record) {
    if (record.value() == null) {
      return new Refusal(Code.EMPTY, "A record of the trigger candidates needs a value");
    }
    TriggerCandidate candidate;
    try {
      candidate =
          deserializer.deserialize(context.recordMetadata().orElseThrow().topic(), record.value());
    } catch (SerializationException e) {
      return new Refusal(Code.UNREADABLE, String.valueOf(e.getMessage()));
    }
    TriggerDefinition definition = candidate.getDefinition();
    if (definition == null) {
      leave(candidate.getCanonicalId(), candidate.getAbsorbedBy());
    } else {
      decide(candidate, definition, record.timestamp());
    }
    return null;
  }

  private void decide(TriggerCandidate candidate, TriggerDefinition definition, long timestamp) {
    String trigger = definition.getTrigger();
    String canonicalId = candidate.getCanonicalId();
    CapRules rules = CapRules.of(definition);
    TriggerId id = TriggerId.of(trigger, candidate);
    byte[] key = StoredSends.key(Triggers.recipientType(definition), canonicalId, trigger);
    ProfileSends sends = StoredSends.read(store.get(key));
    CapDecision decision =
        CapDecider.decide(
            rules,
            canonicalId,
            candidate.getAsOf().toEpochMilli(),
            id.high(),
            sends,
            places(trigger, rules));
    switch (decision) {
      case Sent sent -> {
        put(key, trigger, sends, sent.after());
        metrics.triggers().sent(trigger, sent.holdout());
        forward(canonicalId, sent(id, candidate, definition, sent), timestamp, sinks.triggers());
      }
      case Held held -> {
        metrics.triggers().held(trigger, held.by());
        forward(
            canonicalId, held(id, candidate, definition, held), timestamp, sinks.heldTriggers());
      }
    }
  }

  /** A customer is gone: what it was sent becomes what another one was sent, or is forgotten. */
  private void leave(String canonicalId, @Nullable String absorbedBy) {
    try (KeyValueIterator<byte[], byte[]> all =
        store.prefixScan(StoredSends.prefix(canonicalId), new ByteArraySerializer())) {
      while (all.hasNext()) {
        KeyValue<byte[], byte[]> each = all.next();
        String trigger = StoredSends.trigger(each.key);
        ProfileSends left = StoredSends.read(each.value);
        put(each.key, trigger, left, ProfileSends.NONE);
        if (absorbedBy != null) {
          byte[] key = StoredSends.key(EntityType.CUSTOMER.name(), absorbedBy, trigger);
          ProfileSends before = StoredSends.read(store.get(key));
          put(key, trigger, before, before.with(left));
        }
      }
    }
  }

  private void put(byte[] key, String trigger, ProfileSends before, ProfileSends after) {
    if (after.isEmpty()) {
      store.delete(key);
    } else {
      store.put(key, StoredSends.write(after));
    }
    Places known = places.get(trigger);
    if (known != null) {
      known.replace(before, after);
    }
  }

  private @Nullable Places places(String trigger, CapRules rules) {
    if (rules.total() == null) {
      places.remove(trigger);
      return null;
    }
    Places known = places.get(trigger);
    if (known == null || !known.isFor(rules)) {
      known = new Places(rules.total(), rules.latenessMillis());
      readAll(trigger, known);
      places.put(trigger, known);
    }
    return known;
  }

  private void readAll(String trigger, Places into) {
    try (KeyValueIterator<byte[], byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<byte[], byte[]> each = all.next();
        if (StoredSends.trigger(each.key).equals(trigger)) {
          into.replace(ProfileSends.NONE, StoredSends.read(each.value));
        }
      }
    }
  }

  private static Trigger sent(
      TriggerId id, TriggerCandidate candidate, TriggerDefinition definition, Sent sent) {
    return Trigger.newBuilder()
        .setTriggerId(id.text())
        .setTrigger(definition.getTrigger())
        .setCanonicalId(candidate.getCanonicalId())
        .setEntityType(Triggers.recipientType(definition))
        .setPayload(definition.getOffer())
        .setReason(candidate.getReason())
        .setHoldout(sent.holdout())
        .setAsOf(candidate.getAsOf())
        .setCause(candidate.getCause())
        .setEventId(candidate.getEventId())
        .setSubject(candidate.getSubject())
        .build();
  }

  private static HeldTrigger held(
      TriggerId id, TriggerCandidate candidate, TriggerDefinition definition, Held held) {
    return HeldTrigger.newBuilder()
        .setTriggerId(id.text())
        .setTrigger(definition.getTrigger())
        .setCanonicalId(candidate.getCanonicalId())
        .setEntityType(Triggers.recipientType(definition))
        .setReason(candidate.getReason())
        .setHeldBy(held.by())
        .setDetail(held.detail())
        .setCause(candidate.getCause())
        .setAsOf(candidate.getAsOf())
        .setEventId(candidate.getEventId())
        .setSubject(candidate.getSubject())
        .build();
  }

  private void forward(String key, Object value, long timestamp, String sink) {
    context.forward(new Record<>(key, value, timestamp), sink);
  }
}
