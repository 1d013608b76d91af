package dev.presage.retrain.watch;

import dev.presage.features.FeatureEngine;
import dev.presage.retrain.runs.NotLeadingException;
import dev.presage.retrain.runs.RunBook;
import dev.presage.retrain.runs.RunQueue;
import dev.presage.retrain.runs.RunUnderWayException;
import dev.presage.retrain.schedule.Occasion;
import dev.presage.retrain.schedule.Schedule;
import dev.presage.retrain.schedule.Watched;
import dev.presage.retrain.traits.InvalidTraitException;
import dev.presage.retrain.traits.Trait;
import dev.presage.schemas.avro.TraitDefinition;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after a trait: has it trained when that is due, and its shadows reviewed. */
public final class Watchman {
  private static final Logger log = LoggerFactory.getLogger(Watchman.class);

  private final FeatureEngine engine;
  private final TraitWatch watch;
  private final Schedule schedule;
  private final ShadowReviews shadows;
  private final RunBook book;
  private final RunQueue queue;
  private final LongSupplier historyLength;
  private final InstantSource clock;

  /**
   * @param historyLength length of the history now
   */
  public Watchman(
      FeatureEngine engine,
      TraitWatch watch,
      Schedule schedule,
      ShadowReviews shadows,
      RunBook book,
      RunQueue queue,
      LongSupplier historyLength,
      InstantSource clock) {
    this.engine = engine;
    this.watch = watch;
    this.schedule = schedule;
    this.shadows = shadows;
    this.book = book;
    this.queue = queue;
    this.historyLength = historyLength;
    this.clock = clock;
  }

  /** Looks after a trait once. */
  public void visit(TraitDefinition definition) {
    String name = definition.getTrait();
    boolean isOpen = book.last(name).filter(it -> !it.state().isOver()).isPresent();
    if (definition.getPaused() || isOpen) {
      return;
    }
    Trait trait;
    try {
      trait = Trait.compile(definition, engine);
    } catch (InvalidTraitException e) {
      log.debug("Trait {} is passed over: {}", name, e.getMessage());
      return;
    }
    try {
      shadows.review(trait, clock.instant());
      train(definition);
    } catch (NotLeadingException e) {
      log.debug("Another retrainer looks after {} now", name);
    }
  }

  private void train(TraitDefinition definition) {
    long records = historyLength.getAsLong();
    if (records == 0) {
      return; // It would come to nothing, and count as tried.
    }
    Watched watched = watch.of(definition.getTrait(), records);
    Optional<Occasion> due = schedule.due(watched, clock.instant());
    if (due.isEmpty()) {
      return;
    }
    try {
      queue.submit(definition, due.get());
      log.info("Trait {} is trained: {}", definition.getTrait(), due.get().reason());
    } catch (RunUnderWayException e) {
      log.debug("Somebody has just asked for a run of {}", definition.getTrait());
    }
  }
}
