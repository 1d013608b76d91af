package dev.presage.retrain.watch;

import dev.presage.model.LoadedModel;
import dev.presage.retrain.gate.GateDecision;
import dev.presage.retrain.gate.GatePolicy;
import dev.presage.retrain.gate.ShadowReview;
import dev.presage.retrain.registry.ModelRegistry;
import dev.presage.retrain.runs.RunBook;
import dev.presage.retrain.runs.RunQueue;
import dev.presage.retrain.runs.RunState;
import dev.presage.retrain.runs.RunStatus;
import dev.presage.retrain.runs.ShadowTrial;
import dev.presage.retrain.runs.Training;
import dev.presage.retrain.traits.Trait;
import dev.presage.schemas.avro.ModelStage;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the shadows that a run has published: live where their figures in service agree with those
 * on held-out rows, out where they do not. A shadow that a person has brought in, or moved, is that
 * person's. Used by one thread.
 */
public final class ShadowReviews {
  private static final Logger log = LoggerFactory.getLogger(ShadowReviews.class);
  private static final String GATE = "gate";

  private final ModelRegistry registry;
  private final RunBook book;
  private final RunQueue queue;
  private final ShadowTrial trial;
  private final GatePolicy policy;
  private final Duration between;

  /** When a version was looked at last. */
  private final Map<String, Instant> reviewed = new HashMap<>();

  /**
   * @param between two looks at one shadow, as each reads the history
   */
  public ShadowReviews(
      ModelRegistry registry,
      RunBook book,
      RunQueue queue,
      ShadowTrial trial,
      GatePolicy policy,
      Duration between) {
    this.registry = registry;
    this.book = book;
    this.queue = queue;
    this.trial = trial;
    this.policy = policy;
    this.between = between;
  }

  /** Looks at the shadows of a trait whose turn it is. */
  public void review(Trait trait, Instant now) {
    if (policy.approvalRequired() || trait.isAttribute()) {
      return; // A person decides: of those whom an attribute is foretold of nothing is declared.
    }
    for (LoadedModel shadow : registry.shadows(trait.name())) {
      Optional<RunStatus> run =
          book.of(trait.name(), shadow.version())
              .filter(it -> it.state() == RunState.PUBLISHED)
              .filter(it -> !registry.isApproved(trait.name(), shadow.version()));
      Instant last = reviewed.getOrDefault(shadow.version(), Instant.MIN);
      if (run.isPresent() && Duration.between(last, now).compareTo(between) >= 0) {
        reviewed.put(shadow.version(), now);
        review(trait, shadow, run.get());
      }
    }
  }

  private void review(Trait trait, LoadedModel shadow, RunStatus run) {
    Optional<Instant> trainedUntil = trainedUntil(shadow);
    if (trainedUntil.isEmpty()) {
      log.warn(
          "Shadow {} of {} does not say what it was trained on; a person has to decide",
          shadow.version(),
          trait.name());
      return;
    }
    GateDecision decision =
        ShadowReview.decide(
            shadow.metrics(), trial.evaluate(trait, shadow, trainedUntil.get().toEpochMilli()));
    log.info("Shadow {} of {}: {}", shadow.version(), trait.name(), decision.reason());
    switch (decision.next()) {
      case LIVE -> move(trait, shadow, ModelStage.LIVE, run, decision);
      case REJECT -> move(trait, shadow, ModelStage.RETIRED, run, decision);
      case SHADOW, ASK -> {
        // It waits.
      }
    }
  }

  private void move(
      Trait trait, LoadedModel shadow, ModelStage stage, RunStatus run, GateDecision decision) {
    if (!isStillOurs(trait, shadow)) {
      log.info("Shadow {} of {} was moved meanwhile", shadow.version(), trait.name());
      return;
    }
    registry.move(trait.name(), shadow.version(), stage, null, GATE);
    queue.amend(run, "then " + stage + ": " + decision.reason());
  }

  /** The trial takes a while, in which somebody may have decided, or another one leads. */
  private boolean isStillOurs(Trait trait, LoadedModel shadow) {
    return queue.isLeading()
        && !registry.isApproved(trait.name(), shadow.version())
        && registry.shadows(trait.name()).stream()
            .anyMatch(it -> it.version().equals(shadow.version()));
  }

  private static Optional<Instant> trainedUntil(LoadedModel shadow) {
    String until = shadow.lineage().getParameters().get(Training.HISTORY_UNTIL);
    try {
      return Optional.ofNullable(until).map(Instant::parse);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
