package dev.presage.retrain.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.retrain.schedule.Gain;
import dev.presage.retrain.schedule.Occasion;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TraitStatusTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final RunStatus QUEUED =
      RunStatus.queued("1", "orders-again", Occasion.BY_HAND, NOW);
  private static final RunStatus SHORT_OF_DATA =
      QUEUED.ended(new TrainingOutcome.InsufficientData("3 events"), NOW);
  private static final RunStatus FAILED = QUEUED.failed("the broker is gone", NOW);

  @Test
  void shouldBeCollectingBeforeAnythingWasTried() {
    assertThat(of(null, null).state()).isEqualTo(TraitState.COLLECTING);
  }

  @Test
  void shouldBeTrainingWhileARunIsUnderWay() {
    TraitStatus status = of("v1", QUEUED.at(RunState.READING, "5 of 10 records", 0.2, NOW));

    assertThat(status.state()).isEqualTo(TraitState.TRAINING);
    assertThat(status.reason()).isEqualTo("READING: 5 of 10 records");
    assertThat(status.liveVersion()).isEqualTo("v1");
  }

  @Test
  void shouldBeLiveWithAModelWhateverBecameOfTheLastRun() {
    assertThat(of("v1", null).state()).isEqualTo(TraitState.LIVE);
    assertThat(of("v1", FAILED).state()).isEqualTo(TraitState.LIVE);
    assertThat(of("v1", FAILED).reason()).contains("v1").contains("the broker is gone");
  }

  @Test
  void shouldBeAShadowWhereAModelPassedAndNoneIsLive() {
    RunStatus published =
        new RunStatus(
            "1",
            "orders-again",
            Occasion.BY_HAND,
            RunState.PUBLISHED,
            "over",
            1,
            1,
            9,
            NOW,
            NOW,
            NOW,
            new RunEnd("it waits", false, "v1", Gain.UNKNOWN, null));

    assertThat(of(null, published).state()).isEqualTo(TraitState.SHADOW);
    assertThat(of(null, published).reason()).isEqualTo("model v1 is a shadow: it waits");
    assertThat(of("v1", published).state()).isEqualTo(TraitState.LIVE);
  }

  @Test
  void shouldSayWhyThereIsNoModel() {
    assertThat(of(null, SHORT_OF_DATA).state()).isEqualTo(TraitState.INSUFFICIENT_DATA);
    assertThat(of(null, SHORT_OF_DATA).reason()).isEqualTo("Not enough data: 3 events");
    assertThat(of(null, FAILED).state()).isEqualTo(TraitState.FAILED);
  }

  @Test
  void shouldGoOnCollectingAfterARunThatSomebodyEnded() {
    assertThat(of(null, QUEUED.cancelled(NOW)).state()).isEqualTo(TraitState.COLLECTING);
    assertThat(of(null, QUEUED.cancelled(NOW)).reason()).contains("somebody ended it");
  }

  @Test
  void shouldBeInTheShadowUntilAModelIsLive() {
    Optional<String> shadow = Optional.of("v2");

    assertThat(TraitStatus.of("t", Optional.empty(), shadow, Optional.empty(), Optional.empty()))
        .satisfies(
            it -> {
              assertThat(it.state()).isEqualTo(TraitState.SHADOW);
              assertThat(it.reason()).contains("v2");
            });
    assertThat(
            TraitStatus.of("t", Optional.of("v1"), shadow, Optional.empty(), Optional.empty())
                .state())
        .isEqualTo(TraitState.LIVE);
  }

  @Test
  void shouldBeDegradedWhileItsModelIsWorseThanItShouldBe() {
    TraitStatus status =
        TraitStatus.of(
            "t",
            Optional.of("v1"),
            Optional.empty(),
            Optional.empty(),
            Optional.of("its loss in service is 0.9"));

    assertThat(status.state()).isEqualTo(TraitState.DEGRADED);
    assertThat(status.reason()).isEqualTo("model v1 scores, but its loss in service is 0.9");
    assertThat(status.liveVersion()).isEqualTo("v1");
  }

  @Test
  void shouldRestWhateverModelsThereAre() {
    TraitStatus status = TraitStatus.paused("t", Optional.of("v1"), Optional.of(FAILED));

    assertThat(status.state()).isEqualTo(TraitState.PAUSED);
    assertThat(status.liveVersion()).isEqualTo("v1");
  }

  private static TraitStatus of(@Nullable String version, @Nullable RunStatus run) {
    return TraitStatus.of(
        "orders-again",
        Optional.ofNullable(version),
        Optional.empty(),
        Optional.ofNullable(run),
        Optional.empty());
  }
}
