package dev.presage.scoring.runtime;

import dev.presage.model.ModelDecision;
import dev.presage.model.RefusalCode;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelStatus;
import dev.presage.schemas.topics.CompactedTopicFollower;
import dev.presage.scoring.metrics.ScoringMetrics;
import dev.presage.scoring.rules.RuleBooks;
import java.time.InstantSource;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers what comes on {@code models} to the rules and says what became of it. */
final class ModelHandler implements CompactedTopicFollower.Handler<ModelArtefact> {
  private static final Logger log = LoggerFactory.getLogger(ModelHandler.class);

  private final RuleBooks rules;
  private final StatusPublisher<ModelStatus> status;
  private final ScoringMetrics metrics;
  private final String instance;
  private final InstantSource clock;

  ModelHandler(
      RuleBooks rules,
      StatusPublisher<ModelStatus> status,
      ScoringMetrics metrics,
      String instance,
      InstantSource clock) {
    this.rules = rules;
    this.status = status;
    this.metrics = metrics;
    this.instance = instance;
    this.clock = clock;
  }

  @Override
  public void onRecord(String key, @Nullable ModelArtefact artefact) {
    tell(rules.model(key, artefact));
  }

  @Override
  public void onUnreadable(ConsumerRecord<String, byte[]> record, SerializationException why) {
    refuse(record, RefusalCode.UNREADABLE, String.valueOf(why.getMessage()));
  }

  @Override
  public void onRejected(ConsumerRecord<String, byte[]> record, RuntimeException why) {
    log.error("The record of models at offset {} ran into a fault", record.offset(), why);
    refuse(
        record,
        RefusalCode.INTERNAL_ERROR,
        "a fault of this version: %s; please report it, with the instance's log".formatted(why));
  }

  private void refuse(ConsumerRecord<String, byte[]> record, RefusalCode code, String reason) {
    tell(rules.refuseModel(String.valueOf(record.key()), code, reason));
  }

  private void tell(ModelDecision decision) {
    RefusalCode code = decision.code();
    metrics.models().decided(decision, rules.models());
    if (code == null) {
      log.info("Model {} {} is {}", decision.trait(), decision.version(), decision.outcome());
    } else {
      log.warn(
          "Model {} {} is refused with {}: {}; {} goes on",
          decision.trait(),
          decision.version(),
          code,
          decision.reason(),
          Objects.requireNonNullElse(decision.liveVersion(), "no model"));
    }
    status.publish(decision.trait() + "/" + instance, decision.toStatus(instance, clock.instant()));
  }
}
