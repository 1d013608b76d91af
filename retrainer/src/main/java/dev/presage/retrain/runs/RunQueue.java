package dev.presage.retrain.runs;

import dev.presage.retrain.schedule.Occasion;
import dev.presage.schemas.avro.TraitDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs trainings one after the other on a thread of its own, at most one a trait at a time, while
 * it leads; what becomes of them is in its book and its journal. Thread-safe.
 */
public final class RunQueue implements AutoCloseable {
  /** So many retrainers may be lost in a run before it counts as what they were lost by. */
  public static final int MOST_ATTEMPTS = 3;

  private static final Logger log = LoggerFactory.getLogger(RunQueue.class);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(20);
  private static final Duration BETWEEN_NOTES = Duration.ofSeconds(2);

  private final Trainer trainer;
  private final LongSupplier historyLength;
  private final RunBook book;
  private final InstantSource clock;
  private final Consumer<RunStatus> afterwards;

  /** Runs that are to end as soon as they report progress; guarded by this. */
  private final Set<String> cancelled = new HashSet<>();

  /** Null while another one leads; guarded by this. */
  private @Nullable Leadership leadership;

  /** What a run does; {@link Training#run} in the application. */
  @FunctionalInterface
  public interface Trainer {
    /** Trains a trait. */
    TrainingOutcome run(TraitDefinition definition, RunProgress progress);
  }

  /** What there is while this queue leads. */
  private static final class Leadership {
    private final RunJournal journal;
    private final ExecutorService worker =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().name("training").factory());
    private Instant noted = Instant.MIN;

    Leadership(RunJournal journal) {
      this.journal = journal;
    }
  }

  /**
   * A queue that does not lead yet.
   *
   * @param historyLength length of the history now
   * @param book remembers the runs
   * @param afterwards called with every run that is over, on the thread that trains; it should
   *     return at once, and what it throws changes nothing
   */
  public RunQueue(
      Trainer trainer,
      LongSupplier historyLength,
      RunBook book,
      InstantSource clock,
      Consumer<RunStatus> afterwards) {
    this.trainer = trainer;
    this.historyLength = historyLength;
    this.book = book;
    this.clock = clock;
    this.afterwards = afterwards;
  }

  /**
   * Takes the lead: from now on it runs what is asked for, beginning with the runs of the book that
   * are not over. A run that was under way when its retrainer was lost begins anew, {@value
   * #MOST_ATTEMPTS} times at most.
   *
   * @param journal closed when the lead is given up
   * @param definitions by trait
   */
  public synchronized void lead(
      RunJournal journal, Function<String, Optional<TraitDefinition>> definitions) {
    if (leadership != null) {
      throw new IllegalStateException("The queue leads already");
    }
    leadership = new Leadership(journal);
    for (RunStatus run : book.open()) {
      Optional<TraitDefinition> definition = definitions.apply(run.trait());
      if (definition.isEmpty()) {
        save(run.cancelled("its trait was deleted", now()));
      } else if (run.attempts() >= MOST_ATTEMPTS) {
        save(
            run.failed(
                "a retrainer was lost in it %d times, the last time at: %s; look at its memory and its log"
                    .formatted(run.attempts(), run.step()),
                now()));
      } else {
        log.info("Run {} of trait {} begins anew", run.id(), run.trait());
        enqueue(save(run.queuedAgain()), definition.get());
      }
    }
  }

  /** Whether it runs what is asked for. */
  public synchronized boolean isLeading() {
    return leadership != null;
  }

  /**
   * Gives up the lead as another one has it. The run that is under way ends here; it and those that
   * wait are that one's.
   */
  public void follow() {
    giveUp(false);
  }

  /** The same where it was found out by a journal; nothing where it leads with another one. */
  public void follow(RunJournal journal) {
    boolean isCurrent;
    synchronized (this) {
      isCurrent = leadership != null && leadership.journal == journal;
    }
    if (isCurrent) {
      giveUp(false);
    }
  }

  /** Gives up the lead, and leaves what is not over to the next one that leads. */
  @Override
  public void close() {
    giveUp(true);
  }

  private void giveUp(boolean handOver) {
    Leadership before;
    Set<String> ending;
    synchronized (this) {
      before = leadership;
      leadership = null;
      ending = Set.copyOf(cancelled);
      cancelled.clear();
    }
    if (before == null) {
      return;
    }
    before.worker.shutdownNow();
    try {
      if (!before.worker.awaitTermination(LONGEST_CLOSE.toSeconds(), TimeUnit.SECONDS)) {
        log.warn("A training run does not end, it is left behind");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (handOver) {
      book.open().stream()
          .filter(it -> it.startedAt() != null)
          .map(it -> ending.contains(it.id()) ? it.cancelled(now()) : it.handedOver())
          .forEach(before.journal::write);
    }
    before.journal.close();
  }

  /**
   * Asks for a run.
   *
   * @param occasion why
   * @throws RunUnderWayException when the trait has one that is not over
   * @throws NotLeadingException while another one leads
   */
  public synchronized RunStatus submit(TraitDefinition definition, Occasion occasion) {
    Leadership leading = leading();
    Optional<RunStatus> last = book.last(definition.getTrait());
    if (last.isPresent() && !last.get().state().isOver()) {
      throw new RunUnderWayException(last.get());
    }
    RunStatus queued =
        save(
            RunStatus.queued(UUID.randomUUID().toString(), definition.getTrait(), occasion, now()));
    book.surplus(definition.getTrait())
        .ifPresent(
            it -> {
              book.remove(it.id());
              leading.journal.forget(it);
            });
    enqueue(queued, definition);
    return queued;
  }

  /**
   * Ends a run: at once while it waits, else as soon as it reports progress. Does nothing to one
   * that is over.
   *
   * @return the run as it is then; nothing where it is not remembered
   * @throws NotLeadingException while another one leads
   */
  public synchronized Optional<RunStatus> cancel(String id) {
    leading();
    Optional<RunStatus> found = book.find(id);
    if (found.isEmpty()) {
      return found;
    }
    RunStatus run = found.get();
    if (run.state() == RunState.QUEUED) {
      return Optional.of(save(run.cancelled(now())));
    }
    if (!run.state().isOver()) {
      cancelled.add(id);
    }
    return found;
  }

  /**
   * Adds to the end of a run what became of its model later.
   *
   * @throws NotLeadingException while another one leads
   */
  public synchronized void amend(RunStatus run, String sentence) {
    leading();
    book.find(run.id()).ifPresent(it -> save(it.amended(sentence)));
  }

  private Leadership leading() {
    Leadership current = leadership;
    if (current == null) {
      throw new NotLeadingException();
    }
    return current;
  }

  private void enqueue(RunStatus run, TraitDefinition definition) {
    Leadership leading = leading();
    leading.worker.execute(() -> run(leading, run.id(), definition));
  }

  private void run(Leadership leading, String id, TraitDefinition definition) {
    String trait = definition.getTrait();
    if (!begin(leading, id)) {
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
                update(leading, id, it -> it.at(state, step, done, now()));
              });
      update(leading, id, it -> it.ended(outcome, now()));
    } catch (RunCancelledException e) {
      update(leading, id, it -> it.cancelled(now()));
    } catch (RuntimeException | Error e) {
      // Errors as well, out of memory above all: a run that never ends would bar its trait.
      String why = e instanceof RuntimeException ? String.valueOf(e.getMessage()) : e.toString();
      if (update(leading, id, it -> it.failed(why, now()))) {
        log.error("Run {} of trait {} failed", id, trait, e);
      } else {
        log.info("Run {} of trait {} stops here: {}", id, trait, why);
        return;
      }
    }
    book.find(id).filter(it -> it.state().isOver()).ifPresent(this::tell);
  }

  private void tell(RunStatus end) {
    log.info("Run {} of trait {} ends: {}: {}", end.id(), end.trait(), end.state(), end.reason());
    try {
      afterwards.accept(end);
    } catch (RuntimeException e) {
      log.error("What follows on run {} of trait {} failed", end.id(), end.trait(), e);
    }
  }

  /** Says whether it is still to be run. */
  private boolean begin(Leadership leading, String id) {
    long length = length();
    synchronized (this) {
      Optional<RunStatus> run = book.find(id);
      if (run.isEmpty() || run.get().state().isOver()) {
        return false;
      }
      return update(leading, id, it -> it.begun(length, now()));
    }
  }

  private long length() {
    try {
      return historyLength.getAsLong();
    } catch (RuntimeException e) {
      // Reading the history will say the same, in the run.
      log.debug("The length of the history is not known", e);
      return 0;
    }
  }

  private synchronized boolean isCancelled(String id) {
    return cancelled.contains(id);
  }

  /**
   * Says whether it was done: not where the lead was given up, for the run is another one's then.
   */
  private synchronized boolean update(
      Leadership leading, String id, UnaryOperator<RunStatus> change) {
    if (leadership != leading) {
      return false;
    }
    RunStatus before =
        book.find(id)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "Run " + id + " was forgotten while it was under way"));
    RunStatus after = change.apply(before);
    book.put(after);
    Instant now = now();
    if (after.state() != before.state() || now.isAfter(leading.noted.plus(BETWEEN_NOTES))) {
      leading.journal.write(after);
      leading.noted = now;
    }
    if (after.state().isOver()) {
      cancelled.remove(id);
    }
    return true;
  }

  /** As exact as the journal, so that a run is the same before and after it was written down. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private RunStatus save(RunStatus run) {
    book.put(run);
    leading().journal.write(run);
    return run;
  }

  /** Somebody ended the run. */
  private static final class RunCancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
