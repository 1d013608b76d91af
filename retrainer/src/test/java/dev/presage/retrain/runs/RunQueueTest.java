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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RunQueueTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));
  private static final TraitDefinition TRAIT = Histories.orders("one", "true", Duration.ofDays(30));
  private static final TraitDefinition OTHER =
      Histories.orders("other", "true", Duration.ofDays(30));

  @Test
  void shouldRunOneTrainingATraitAtATime() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    try (RunQueue queue =
        new RunQueue(
            (definition, progress) -> {
              progress.report(RunState.READING, "half", 0.5);
              awaitUninterrupted(release);
              return new TrainingOutcome.InsufficientData("3 events");
            },
            CLOCK)) {
      RunStatus first = queue.submit(TRAIT, Occasion.BY_HAND);
      await().until(() -> queue.find(first.id()).orElseThrow().state() == RunState.READING);

      assertThat(queue.find(first.id()).orElseThrow().progress()).isEqualTo(0.5);
      assertThatThrownBy(() -> queue.submit(TRAIT, Occasion.BY_HAND))
          .isInstanceOf(RunUnderWayException.class)
          .hasMessageContaining(first.id());
      RunStatus waiting = queue.submit(OTHER, Occasion.BY_HAND);
      assertThat(queue.find(waiting.id()).orElseThrow().state()).isEqualTo(RunState.QUEUED);
      assertThat(queue.open()).isEqualTo(2);

      release.countDown();
      await().until(() -> queue.open() == 0);
      RunStatus end = queue.find(first.id()).orElseThrow();
      assertThat(end.state()).isEqualTo(RunState.HELD);
      assertThat(end.reason()).isEqualTo("Not enough data: 3 events");
      assertThat(end.insufficientData()).isTrue();
      assertThat(end.endedAt()).isEqualTo(CLOCK.instant());
      assertThat(queue.ended(RunState.HELD)).isEqualTo(2);
      assertThat(queue.submit(TRAIT, Occasion.BY_HAND).id()).isNotEqualTo(first.id());
    }
  }

  @Test
  void shouldTellWhenARunIsOverAndGoOnWhateverComesOfThat() {
    Queue<RunStatus> told = new ConcurrentLinkedQueue<>();
    try (RunQueue queue =
        new RunQueue(
            (definition, progress) -> new TrainingOutcome.InsufficientData("3 events"),
            CLOCK,
            run -> {
              told.add(run);
              throw new IllegalStateException("what follows fails");
            })) {
      RunStatus first = queue.submit(TRAIT, Occasion.BY_HAND);
      await().until(() -> !told.isEmpty());

      assertThat(told.element()).isEqualTo(queue.find(first.id()).orElseThrow());
      assertThat(told.element().state()).isEqualTo(RunState.HELD);
      await().until(() -> queue.open() == 0);
      queue.submit(TRAIT, Occasion.BY_HAND);
      await().until(() -> told.size() == 2);
      assertThat(queue.ended(RunState.HELD)).isEqualTo(2);
      assertThat(queue.ofModel("one", "v1")).as("no model came of it").isEmpty();
    }
  }

  @Test
  void shouldSayWhyARunFailedAndGoOn() {
    try (RunQueue queue =
        new RunQueue(
            (definition, progress) -> {
              if (definition.getTrait().equals("one")) {
                throw new IllegalStateException("the broker is gone");
              }
              return new TrainingOutcome.InsufficientData("nothing");
            },
            CLOCK)) {
      RunStatus failing = queue.submit(TRAIT, Occasion.BY_HAND);
      RunStatus next = queue.submit(OTHER, Occasion.BY_HAND);
      await().until(() -> queue.open() == 0);

      assertThat(queue.find(failing.id()).orElseThrow().state()).isEqualTo(RunState.FAILED);
      assertThat(queue.find(failing.id()).orElseThrow().reason()).isEqualTo("the broker is gone");
      assertThat(queue.find(next.id()).orElseThrow().state()).isEqualTo(RunState.HELD);
    }
  }

  @Test
  void shouldEndARunThatRanOutOfMemoryAndTakeTheNextOne() {
    try (RunQueue queue =
        new RunQueue(
            (definition, progress) -> {
              throw new OutOfMemoryError("Java heap space");
            },
            CLOCK)) {
      RunStatus run = queue.submit(TRAIT, Occasion.BY_HAND);
      await().until(() -> queue.open() == 0);

      RunStatus end = queue.find(run.id()).orElseThrow();
      assertThat(end.state()).isEqualTo(RunState.FAILED);
      assertThat(end.reason()).contains("OutOfMemoryError", "Java heap space");
      assertThat(queue.submit(TRAIT, Occasion.BY_HAND).id()).isNotEqualTo(run.id());
    }
  }

  @Test
  void shouldEndTheRunThatIsUnderWayWhenItIsClosed() {
    CountDownLatch never = new CountDownLatch(1);
    RunQueue queue =
        new RunQueue(
            (definition, progress) -> {
              while (true) {
                progress.report(RunState.READING, "on and on", 0);
                awaitUninterrupted(never);
              }
            },
            CLOCK);
    RunStatus run = queue.submit(TRAIT, Occasion.BY_HAND);
    await().until(() -> queue.find(run.id()).orElseThrow().state() == RunState.READING);

    queue.close();

    RunStatus end = queue.find(run.id()).orElseThrow();
    assertThat(end.state()).isEqualTo(RunState.FAILED);
    assertThat(end.reason()).isEqualTo("the retrainer was stopped");
  }

  @Test
  void shouldEndARunThatWaitsAtOnceAndOneThatIsUnderWayAtItsNextStep() {
    CountDownLatch release = new CountDownLatch(1);
    try (RunQueue queue =
        new RunQueue(
            (definition, progress) -> {
              progress.report(RunState.TRAINING, "tree 1", 0.5);
              awaitUninterrupted(release);
              progress.report(RunState.TRAINING, "tree 2", 0.6);
              return new TrainingOutcome.InsufficientData("not reached");
            },
            CLOCK)) {
      RunStatus running = queue.submit(TRAIT, Occasion.BY_HAND);
      RunStatus waiting = queue.submit(OTHER, Occasion.BY_HAND);
      await().until(() -> queue.find(running.id()).orElseThrow().state() == RunState.TRAINING);

      assertThat(queue.cancel(waiting.id()).orElseThrow().state()).isEqualTo(RunState.CANCELLED);
      assertThat(queue.cancel(running.id()).orElseThrow().state()).isEqualTo(RunState.TRAINING);
      assertThat(queue.cancel("unknown")).isEmpty();
      release.countDown();
      await().until(() -> queue.open() == 0);

      RunStatus end = queue.find(running.id()).orElseThrow();
      assertThat(end.state()).isEqualTo(RunState.CANCELLED);
      assertThat(end.reason()).isEqualTo("somebody ended it at: tree 1");
      assertThat(queue.cancel(running.id())).as("it stays as it is").hasValue(end);
      assertThat(queue.ended(RunState.CANCELLED)).isEqualTo(2);
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

  /** Keeps the interrupt for the next report of progress. */
  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
