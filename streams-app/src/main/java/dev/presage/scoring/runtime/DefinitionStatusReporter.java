package dev.presage.scoring.runtime;

import dev.presage.schemas.avro.DefinitionOutcome;
import dev.presage.schemas.avro.DefinitionStatus;
import dev.presage.scoring.rules.DefinitionDecision;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes changes to definitions and says what became of them, one change after the other, so that
 * the last status of a definition is the one that holds, whichever follower brought the change.
 */
final class DefinitionStatusReporter {
  private static final Logger log = LoggerFactory.getLogger(DefinitionStatusReporter.class);

  private final StatusPublisher<DefinitionStatus> publisher;
  private final String instance;
  private final InstantSource clock;

  DefinitionStatusReporter(
      StatusPublisher<DefinitionStatus> publisher, String instance, InstantSource clock) {
    this.publisher = publisher;
    this.instance = instance;
    this.clock = clock;
  }

  synchronized void report(Supplier<List<DefinitionDecision>> change) {
    change.get().forEach(this::tell);
  }

  private void tell(DefinitionDecision decision) {
    String kind = decision.kind().name().toLowerCase(Locale.ROOT);
    if (decision.outcome() == DefinitionOutcome.REFUSED) {
      log.warn(
          "The {} {} is refused, {}: {}",
          kind,
          decision.name(),
          decision.inEffect() ? "and the last valid one goes on" : "and none is in effect",
          String.join("; ", decision.problems()));
    } else {
      log.info("The {} {} is {}", kind, decision.name(), decision.outcome());
    }
    publisher.publish(
        kind + "/" + decision.name() + "/" + instance,
        decision.toStatus(instance, clock.instant()));
  }
}
