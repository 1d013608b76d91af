package dev.presage.retrain.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.presage.retrain.Histories;
import dev.presage.schemas.avro.TraitDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
      RunStatus first = queue.submit(TRAIT);
      await().until(() -> queue.find(first.id()).orElseThrow().state() == RunState.READING);

      assertThat(queue.find(first.id()).orElseThrow().progress()).isEqualTo(0.5);
      assertThatThrownBy(() -> queue.submit(TRAIT))
          .isInstanceOf(RunUnderWayException.class)
          .hasMessageContaining(first.id());
      RunStatus waiting = queue.submit(OTHER);
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
      assertThat(queue.submit(TRAIT).id()).isNotEqualTo(first.id());
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
      RunStatus failing = queue.submit(TRAIT);
      RunStatus next = queue.submit(OTHER);
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
      RunStatus run = queue.submit(TRAIT);
      await().until(() -> queue.open() == 0);

      RunStatus end = queue.find(run.id()).orElseThrow();
      assertThat(end.state()).isEqualTo(RunState.FAILED);
      assertThat(end.reason()).contains("OutOfMemoryError", "Java heap space");
      assertThat(queue.submit(TRAIT).id()).isNotEqualTo(run.id());
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
    RunStatus run = queue.submit(TRAIT);
    await().until(() -> queue.find(run.id()).orElseThrow().state() == RunState.READING);

    queue.close();

    RunStatus end = queue.find(run.id()).orElseThrow();
    assertThat(end.state()).isEqualTo(RunState.FAILED);
    assertThat(end.reason()).isEqualTo("the retrainer was stopped");
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
