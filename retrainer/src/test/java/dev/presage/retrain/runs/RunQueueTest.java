package dev.presage.retrain.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.presage.retrain.Histories;
import dev.presage.retrain.schedule.Occasion;
import dev.presage.schemas.avro.TraitDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RunQueueTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));
  private static final TraitDefinition TRAIT = Histories.orders("one", "true", Duration.ofDays(30));
  private static final TraitDefinition OTHER =
      Histories.orders("other", "true", Duration.ofDays(30));
  private static final TrainingOutcome NOTHING = new TrainingOutcome.InsufficientData("nothing");

  private final RunBook book = new RunBook();
  private final Notes notes = new Notes();

  @Test
  void shouldRunOneTrainingATraitAtATime() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    try (RunQueue queue =
        leading(
            (definition, progress) -> {
              progress.report(RunState.READING, "half", 0.5);
              awaitUninterrupted(release);
              return new TrainingOutcome.InsufficientData("3 events");
            })) {
      RunStatus first = queue.submit(TRAIT, Occasion.BY_HAND);
      await().until(() -> book.find(first.id()).orElseThrow().state() == RunState.READING);

      assertThat(book.find(first.id()).orElseThrow().progress()).isEqualTo(0.5);
      assertThatThrownBy(() -> queue.submit(TRAIT, Occasion.BY_HAND))
          .isInstanceOf(RunUnderWayException.class)
          .hasMessageContaining(first.id());
      RunStatus waiting = queue.submit(OTHER, Occasion.BY_HAND);
      assertThat(book.find(waiting.id()).orElseThrow().state()).isEqualTo(RunState.QUEUED);
      assertThat(book.open().size()).isEqualTo(2);

      release.countDown();
      await().until(() -> book.open().size() == 0);
      RunStatus end = book.find(first.id()).orElseThrow();
      assertThat(end.state()).isEqualTo(RunState.HELD);
      assertThat(end.reason()).isEqualTo("Not enough data: 3 events");
      assertThat(end.insufficientData()).isTrue();
      assertThat(end.endedAt()).isEqualTo(CLOCK.instant());
      assertThat(book.ended(RunState.HELD)).isEqualTo(2);
      assertThat(queue.submit(TRAIT, Occasion.BY_HAND).id()).isNotEqualTo(first.id());
    }
  }

  @Test
  void shouldTellWhenARunIsOverAndGoOnWhateverComesOfThat() {
    Queue<RunStatus> told = new ConcurrentLinkedQueue<>();
    try (RunQueue queue =
        new RunQueue(
            (definition, progress) -> NOTHING,
            () -> 0,
            book,
            CLOCK,
            run -> {
              told.add(run);
              throw new IllegalStateException("what follows fails");
            })) {
      queue.lead(notes, trait -> Optional.empty());
      RunStatus first = queue.submit(TRAIT, Occasion.BY_HAND);
      await().until(() -> !told.isEmpty());

      assertThat(told.element()).isEqualTo(book.find(first.id()).orElseThrow());
      assertThat(told.element().state()).isEqualTo(RunState.HELD);
      queue.submit(TRAIT, Occasion.BY_HAND);
      await().until(() -> told.size() == 2);
      assertThat(book.ended(RunState.HELD)).isEqualTo(2);
      assertThat(book.of("one", "v1")).as("no model came of it").isEmpty();
    }
  }

  @Test
  void shouldSayWhyARunFailedAndGoOn() {
    try (RunQueue queue =
        leading(
            (definition, progress) -> {
              if (definition.getTrait().equals("one")) {
                throw new IllegalStateException("the broker is gone");
              }
              return new TrainingOutcome.InsufficientData("nothing");
            })) {
      RunStatus failing = queue.submit(TRAIT, Occasion.BY_HAND);
      RunStatus next = queue.submit(OTHER, Occasion.BY_HAND);
      await().until(() -> book.open().size() == 0);

      assertThat(book.find(failing.id()).orElseThrow().state()).isEqualTo(RunState.FAILED);
      assertThat(book.find(failing.id()).orElseThrow().reason()).isEqualTo("the broker is gone");
      assertThat(book.find(next.id()).orElseThrow().state()).isEqualTo(RunState.HELD);
    }
  }

  @Test
  void shouldEndARunThatRanOutOfMemoryAndTakeTheNextOne() {
    try (RunQueue queue =
        leading(
            (definition, progress) -> {
              throw new OutOfMemoryError("Java heap space");
            })) {
      RunStatus run = queue.submit(TRAIT, Occasion.BY_HAND);
      await().until(() -> book.open().size() == 0);

      RunStatus end = book.find(run.id()).orElseThrow();
      assertThat(end.state()).isEqualTo(RunState.FAILED);
      assertThat(end.reason()).contains("OutOfMemoryError", "Java heap space");
      assertThat(queue.submit(TRAIT, Occasion.BY_HAND).id()).isNotEqualTo(run.id());
    }
  }

  @Test
  void shouldEndTheRunThatIsUnderWayWhenItIsClosed() {
    CountDownLatch never = new CountDownLatch(1);
    RunQueue queue =
        leading(
            (definition, progress) -> {
              while (true) {
                progress.report(RunState.READING, "on and on", 0);
                awaitUninterrupted(never);
              }
            });
    RunStatus run = queue.submit(TRAIT, Occasion.BY_HAND);
    await().until(() -> book.find(run.id()).orElseThrow().state() == RunState.READING);

    queue.close();

    assertThat(queue.isLeading()).isFalse();
    RunStatus left = notes.last(run.id());
    assertThat(left.state()).as("the next one takes it up").isEqualTo(RunState.QUEUED);
    assertThat(left.attempts()).as("nothing was lost").isZero();
    assertThat(notes.closed).isTrue();
  }

  @Test
  void shouldRunNothingWhileAnotherOneLeads() {
    RunQueue queue =
        new RunQueue((definition, progress) -> NOTHING, () -> 7, book, CLOCK, end -> {});

    assertThatThrownBy(() -> queue.submit(TRAIT, Occasion.BY_HAND))
        .isInstanceOf(NotLeadingException.class);
    assertThatThrownBy(() -> queue.cancel("any")).isInstanceOf(NotLeadingException.class);
    queue.lead(notes, trait -> Optional.of(TRAIT));
    RunStatus run = queue.submit(TRAIT, Occasion.BY_HAND);
    await().until(() -> book.open().isEmpty());
    queue.follow();

    assertThat(book.find(run.id()).orElseThrow().historyLength()).isEqualTo(7);
    assertThatThrownBy(() -> queue.submit(TRAIT, Occasion.BY_HAND))
        .isInstanceOf(NotLeadingException.class);
  }

  @Test
  void shouldBeginAnewWhatALostRetrainerHasLeft() {
    RunStatus waiting = RunStatus.queued("w", "one", Occasion.BY_HAND, CLOCK.instant());
    RunStatus lostOnce = waiting.begun(5, CLOCK.instant());
    RunStatus ofADeletedTrait = RunStatus.queued("d", "deleted", Occasion.BY_HAND, CLOCK.instant());
    book.remember(lostOnce);
    book.remember(ofADeletedTrait);
    try (RunQueue queue =
        new RunQueue((definition, progress) -> NOTHING, () -> 7, book, CLOCK, end -> {})) {
      queue.lead(notes, trait -> trait.equals("one") ? Optional.of(TRAIT) : Optional.empty());
      await().until(() -> book.open().isEmpty());

      RunStatus end = book.find("w").orElseThrow();
      assertThat(end.state()).isEqualTo(RunState.HELD);
      assertThat(end.attempts()).isEqualTo(2);
      assertThat(end.historyLength()).isEqualTo(7);
      assertThat(book.find("d").orElseThrow().state()).isEqualTo(RunState.CANCELLED);
      assertThat(book.find("d").orElseThrow().reason()).isEqualTo("its trait was deleted");
      assertThat(notes.states("w"))
          .containsExactly(RunState.QUEUED, RunState.READING, RunState.HELD);
    }
  }

  @Test
  void shouldGiveUpARunInWhichOneRetrainerAfterTheOtherIsLost() {
    RunStatus run = RunStatus.queued("r", "one", Occasion.BY_HAND, CLOCK.instant());
    for (int attempt = 0; attempt < RunQueue.MOST_ATTEMPTS; attempt++) {
      run = run.queuedAgain().begun(5, CLOCK.instant());
    }
    book.remember(run);
    try (RunQueue queue =
        new RunQueue((definition, progress) -> NOTHING, () -> 7, book, CLOCK, end -> {})) {
      queue.lead(notes, trait -> Optional.of(TRAIT));

      RunStatus end = book.find("r").orElseThrow();
      assertThat(end.state()).isEqualTo(RunState.FAILED);
      assertThat(end.reason()).contains("lost in it 3 times", "memory");
      assertThat(queue.submit(TRAIT, Occasion.BY_HAND).id()).isNotEqualTo("r");
    }
  }

  @Test
  void shouldLeaveARunToTheNextOneThatLeads() {
    CountDownLatch never = new CountDownLatch(1);
    try (RunQueue queue =
        leading(
            (definition, progress) -> {
              progress.report(RunState.TRAINING, "on and on", 0.5);
              awaitUninterrupted(never);
              progress.report(RunState.TRAINING, "further", 0.6);
              return NOTHING;
            })) {
      RunStatus run = queue.submit(TRAIT, Occasion.BY_HAND);
      await().until(() -> book.find(run.id()).orElseThrow().state() == RunState.TRAINING);

      queue.follow();

      assertThat(notes.last(run.id()).state()).isEqualTo(RunState.TRAINING);
      assertThat(book.find(run.id()).orElseThrow().step()).isEqualTo("on and on");
    }
  }

  @Test
  void shouldHandOverARunThatSomebodyHasEndedAsEnded() {
    CountDownLatch never = new CountDownLatch(1);
    RunQueue queue =
        leading(
            (definition, progress) -> {
              progress.report(RunState.TRAINING, "on and on", 0.5);
              awaitUninterrupted(never);
              progress.report(RunState.TRAINING, "further", 0.6);
              return NOTHING;
            });
    RunStatus run = queue.submit(TRAIT, Occasion.BY_HAND);
    await().until(() -> book.find(run.id()).orElseThrow().state() == RunState.TRAINING);
    assertThat(queue.cancel(run.id())).isPresent();

    queue.close();

    assertThat(notes.last(run.id()).state()).isEqualTo(RunState.CANCELLED);
  }

  @Test
  void shouldKeepTheLeadWhereAJournalOfBeforeHasLostIt() {
    try (RunQueue queue = leading((definition, progress) -> NOTHING)) {
      queue.follow(RunJournal.NONE);
      assertThat(queue.isLeading()).isTrue();

      queue.follow(notes);
      assertThat(queue.isLeading()).isFalse();
    }
  }

  @Test
  void shouldKnowTheLastRunWhateverWasWrittenDownLast() {
    RunStatus later =
        RunStatus.queued("later", "one", Occasion.BY_HAND, CLOCK.instant().plusSeconds(1));
    RunStatus earlier = RunStatus.queued("earlier", "one", Occasion.BY_HAND, CLOCK.instant());
    book.remember(later);
    book.remember(earlier);

    assertThat(book.last("one")).hasValue(later);
    assertThat(book.of("one")).containsExactly(earlier, later);
  }

  @Test
  void shouldForgetTheOldestRunOfATraitThatHasMany() {
    try (RunQueue queue = leading((definition, progress) -> NOTHING)) {
      RunStatus first = queue.submit(TRAIT, Occasion.BY_HAND);
      RunStatus other = queue.submit(OTHER, Occasion.BY_HAND);
      await().until(() -> book.open().isEmpty());
      for (int run = 0; run < RunBook.REMEMBERED_OF_A_TRAIT; run++) {
        queue.submit(TRAIT, Occasion.BY_HAND);
        await().until(() -> book.open().isEmpty());
      }

      assertThat(book.find(first.id())).isEmpty();
      assertThat(notes.forgotten).containsExactly(first.id());
      assertThat(book.of("one")).hasSize(RunBook.REMEMBERED_OF_A_TRAIT);
      assertThat(book.find(other.id())).isPresent();
    }
  }

  @Test
  void shouldAddWhatBecameOfAModel() {
    try (RunQueue queue = leading((definition, progress) -> NOTHING)) {
      RunStatus run = queue.submit(TRAIT, Occasion.BY_HAND);
      await().until(() -> book.open().isEmpty());

      queue.amend(run, "then LIVE: it agrees");

      assertThat(notes.last(run.id()).reason())
          .isEqualTo("Not enough data: nothing; then LIVE: it agrees");
    }
  }

  @Test
  void shouldEndARunThatWaitsAtOnceAndOneThatIsUnderWayAtItsNextStep() {
    CountDownLatch release = new CountDownLatch(1);
    try (RunQueue queue =
        leading(
            (definition, progress) -> {
              progress.report(RunState.TRAINING, "tree 1", 0.5);
              awaitUninterrupted(release);
              progress.report(RunState.TRAINING, "tree 2", 0.6);
              return new TrainingOutcome.InsufficientData("not reached");
            })) {
      RunStatus running = queue.submit(TRAIT, Occasion.BY_HAND);
      RunStatus waiting = queue.submit(OTHER, Occasion.BY_HAND);
      await().until(() -> book.find(running.id()).orElseThrow().state() == RunState.TRAINING);

      assertThat(queue.cancel(waiting.id()).orElseThrow().state()).isEqualTo(RunState.CANCELLED);
      assertThat(queue.cancel(running.id()).orElseThrow().state()).isEqualTo(RunState.TRAINING);
      assertThat(queue.cancel("unknown")).isEmpty();
      release.countDown();
      await().until(() -> book.open().size() == 0);

      RunStatus end = book.find(running.id()).orElseThrow();
      assertThat(end.state()).isEqualTo(RunState.CANCELLED);
      assertThat(end.reason()).isEqualTo("somebody ended it at: tree 1");
      assertThat(queue.cancel(running.id())).as("it stays as it is").hasValue(end);
      assertThat(book.ended(RunState.CANCELLED)).isEqualTo(2);
      assertThat(queue.submit(TRAIT, Occasion.BY_HAND).id()).isNotEqualTo(running.id());
    }
  }

  @Test
  void shouldForetellHowLongARunStillTakes() {
    Instant start = CLOCK.instant();
    RunStatus queued = RunStatus.queued("r", "one", Occasion.BY_HAND, start);
    RunStatus begun = queued.at(RunState.READING, "1 of 4", 0.25, start.plusSeconds(10));
    RunStatus later = begun.at(RunState.READING, "2 of 4", 0.5, start.plusSeconds(30));

    assertThat(queued.remaining(start.plusSeconds(5))).as("it waits").isEmpty();
    assertThat(later.startedAt()).isEqualTo(start.plusSeconds(10));
    assertThat(later.remaining(start.plusSeconds(30))).hasValue(Duration.ofSeconds(20));
    assertThat(later.failed("broken", start.plusSeconds(31)).remaining(start.plusSeconds(32)))
        .isEmpty();
  }

  private RunQueue leading(RunQueue.Trainer trainer) {
    RunQueue queue = new RunQueue(trainer, () -> 0, book, CLOCK, end -> {});
    queue.lead(notes, trait -> Optional.empty());
    return queue;
  }

  /** What was written down, in order. */
  private static final class Notes implements RunJournal {
    private final List<RunStatus> written = new CopyOnWriteArrayList<>();
    private final List<String> forgotten = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    @Override
    public void write(RunStatus run) {
      written.add(run);
    }

    @Override
    public void forget(RunStatus run) {
      forgotten.add(run.id());
    }

    @Override
    public void close() {
      closed = true;
    }

    private List<RunState> states(String id) {
      return written.stream().filter(it -> it.id().equals(id)).map(RunStatus::state).toList();
    }

    private RunStatus last(String id) {
      return written.stream()
          .filter(it -> it.id().equals(id))
          .reduce((earlier, later) -> later)
          .orElseThrow();
    }
  }

  /** Keeps the interrupt for the next report of progress. */
  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
