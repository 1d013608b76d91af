package dev.presage.retrain.runs;

import dev.presage.retrain.schedule.Occasion;
import dev.presage.schemas.avro.TraitDefinition;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs trainings one after the other on a thread of its own, at most one a trait at a time, and
 * remembers how they went. Thread-safe.
 */
public final class RunQueue implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RunQueue.class);
  private static final int REMEMBERED = 1_000;
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(20);

  private final Trainer trainer;
  private final InstantSource clock;
  private final Consumer<RunStatus> whenOver;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("training").factory());

  /** In the order in which they were asked for; guarded by this. */
  private final Map<String, RunStatus> runs = new LinkedHashMap<>();

  /** Runs that are to end as soon as they report progress; guarded by this. */
  private final Set<String> cancelled = new HashSet<>();

  /** By how they ended; guarded by this. */
  private final Map<RunState, Long> ended = new EnumMap<>(RunState.class);

  /** What a run does; {@link Training#run} in the application. */
  @FunctionalInterface
  public interface Trainer {
    /** Trains a trait. */
    TrainingOutcome run(TraitDefinition definition, RunProgress progress);
  }

  /** An empty queue. */
  public RunQueue(Trainer trainer, InstantSource clock) {
    this(trainer, clock, run -> {});
  }

  /**
   * An empty queue.
   *
   * @param whenOver told of each run that came to its end by itself, after everybody else can see
   *     that; what it throws is logged
   */
  public RunQueue(Trainer trainer, InstantSource clock, Consumer<RunStatus> whenOver) {
    this.trainer = trainer;
    this.clock = clock;
    this.whenOver = whenOver;
  }

  /**
   * Asks for a run.
   *
   * @param occasion why
   * @throws RunUnderWayException when the trait has one that is not over
   */
  public synchronized RunStatus submit(TraitDefinition definition, Occasion occasion) {
    Optional<RunStatus> last = last(definition.getTrait());
    if (last.isPresent() && !last.get().state().isOver()) {
      throw new RunUnderWayException(last.get());
    }
    RunStatus queued =
        RunStatus.queued(
            UUID.randomUUID().toString(), definition.getTrait(), occasion, clock.instant());
    runs.put(queued.id(), queued);
    forgetOldest();
    worker.execute(() -> run(queued.id(), definition));
    return queued;
  }

  /**
   * Ends a run: at once while it waits, else as soon as it reports progress. Does nothing to one
   * that is over.
   *
   * @return the run as it is then; nothing where it is not remembered
   */
  public synchronized Optional<RunStatus> cancel(String id) {
    RunStatus run = runs.get(id);
    if (run == null) {
      return Optional.empty();
    }
    if (run.state() == RunState.QUEUED) {
      return Optional.of(update(id, it -> it.cancelled(clock.instant())));
    }
    if (!run.state().isOver()) {
      cancelled.add(id);
    }
    return Optional.of(run);
  }

  /** A run, as far as it is remembered. */
  public synchronized Optional<RunStatus> find(String id) {
    return Optional.ofNullable(runs.get(id));
  }

  /** The run of a trait that was asked for last. */
  public synchronized Optional<RunStatus> last(String trait) {
    return runs.values().stream()
        .filter(it -> it.trait().equals(trait))
        .reduce((earlier, later) -> later);
  }

  /** The run that a version of a trait's model came of, as far as it is remembered. */
  public synchronized Optional<RunStatus> ofModel(String trait, String version) {
    return runs.values().stream()
        .filter(it -> it.trait().equals(trait) && version.equals(it.modelVersion()))
        .reduce((earlier, later) -> later);
  }

  /** Number of runs that ended in a state, forgotten ones included. */
  public synchronized long ended(RunState state) {
    return ended.getOrDefault(state, 0L);
  }

  /** Number of runs that are not over. */
  public synchronized long open() {
    return runs.values().stream().filter(it -> !it.state().isOver()).count();
  }

  /** Ends the run that is under way and takes no more. */
  @Override
  public void close() {
    worker.shutdownNow();
    try {
      if (!worker.awaitTermination(LONGEST_CLOSE.toSeconds(), TimeUnit.SECONDS)) {
        log.warn("A training run does not end, it is left behind");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(String id, TraitDefinition definition) {
    String trait = definition.getTrait();
    if (!begin(id)) {
      return;
    }
    log.info("Run {} of trait {} begins", id, trait);
    try {
      TrainingOutcome outcome =
          trainer.run(
              definition,
              (state, step, done) -> {
                if (Thread.currentThread().isInterrupted()) {
                  throw new CancellationException("the retrainer was stopped");
                }
                if (isCancelled(id)) {
                  throw new RunCancelledException();
                }
                update(id, it -> it.at(state, step, done, clock.instant()));
              });
      RunStatus end = update(id, it -> it.ended(outcome, clock.instant()));
      log.info("Run {} of trait {} ends: {}: {}", id, trait, end.state(), end.reason());
      tell(end);
    } catch (RunCancelledException e) {
      update(id, it -> it.cancelled(clock.instant()));
      log.info("Run {} of trait {} was cancelled", id, trait);
    } catch (RuntimeException | Error e) {
      // Errors as well, out of memory above all: a run that never ends would bar its trait.
      String why = e instanceof RuntimeException ? String.valueOf(e.getMessage()) : e.toString();
      update(id, it -> it.failed(why, clock.instant()));
      log.error("Run {} of trait {} failed", id, trait, e);
    }
  }

  private void tell(RunStatus end) {
    try {
      whenOver.accept(end);
    } catch (RuntimeException e) {
      log.error("What follows run {} of trait {} failed", end.id(), end.trait(), e);
    }
  }

  /** Says whether it is still to be run. */
  private synchronized boolean begin(String id) {
    RunStatus run = runs.get(id);
    if (run == null || run.state().isOver()) {
      return false;
    }
    update(id, it -> it.at(RunState.READING, "reading the history", 0, clock.instant()));
    return true;
  }

  private synchronized boolean isCancelled(String id) {
    return cancelled.contains(id);
  }

  private synchronized RunStatus update(String id, UnaryOperator<RunStatus> change) {
    RunStatus changed = runs.computeIfPresent(id, (key, status) -> change.apply(status));
    if (changed == null) {
      throw new IllegalStateException("Run " + id + " was forgotten while it was under way");
    }
    if (changed.state().isOver()) {
      ended.merge(changed.state(), 1L, Long::sum);
      cancelled.remove(id);
    }
    return changed;
  }

  /** Somebody ended the run. */
  private static final class RunCancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private void forgetOldest() {
    if (runs.size() > REMEMBERED) {
      runs.values().stream()
          .filter(it -> it.state().isOver())
          .findFirst()
          .ifPresent(it -> runs.remove(it.id()));
    }
  }
}
