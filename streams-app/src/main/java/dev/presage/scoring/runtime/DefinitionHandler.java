package dev.presage.scoring.runtime;

import dev.presage.schemas.topics.CompactedTopicFollower;
import dev.presage.scoring.rules.DefinitionDecision;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers what comes on a topic of definitions to the rules and says what became of it.
 *
 * @param <D> the definition
 */
final class DefinitionHandler<D> implements CompactedTopicFollower.Handler<D> {
  private static final Logger log = LoggerFactory.getLogger(DefinitionHandler.class);

  private final Offer<D> offer;
  private final Refusal refusal;
  private final DefinitionStatusReporter reporter;

  /** Takes in a definition, or its deletion. */
  interface Offer<D> {
    List<DefinitionDecision> of(String name, @Nullable D definition);
  }

  /** Takes in that a record is no definition. */
  interface Refusal {
    List<DefinitionDecision> of(String name, String problem);
  }

  DefinitionHandler(Offer<D> offer, Refusal refusal, DefinitionStatusReporter reporter) {
    this.offer = offer;
    this.refusal = refusal;
    this.reporter = reporter;
  }

  @Override
  public void onRecord(String key, @Nullable D definition) {
    reporter.report(() -> offer.of(key, definition));
  }

  @Override
  public void onUnreadable(ConsumerRecord<String, byte[]> record, SerializationException why) {
    refuse(record, "the record cannot be read: " + why.getMessage());
  }

  @Override
  public void onRejected(ConsumerRecord<String, byte[]> record, RuntimeException why) {
    log.error(
        "The record of {} at offset {} ran into a fault", record.topic(), record.offset(), why);
    refuse(
        record,
        "a fault of this version: %s; please report it, with the instance's log".formatted(why));
  }

  private void refuse(ConsumerRecord<String, byte[]> record, String problem) {
    reporter.report(() -> refusal.of(String.valueOf(record.key()), problem));
  }
}
