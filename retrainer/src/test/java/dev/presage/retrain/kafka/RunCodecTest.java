package dev.presage.retrain.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.retrain.runs.RunEnd;
import dev.presage.retrain.runs.RunState;
import dev.presage.retrain.runs.RunStatus;
import dev.presage.retrain.schedule.Gain;
import dev.presage.retrain.schedule.Occasion;
import dev.presage.schemas.avro.TrainingOccasion;
import dev.presage.schemas.avro.TrainingRun;
import dev.presage.schemas.avro.TrainingRunState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunCodecTest {
  private static final Instant QUEUED = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void shouldReadWhatItWrote() {
    for (RunState state : RunState.values()) {
      for (Occasion.Kind kind : Occasion.Kind.values()) {
        RunStatus run = run(state, kind);

        assertThat(RunCodec.decode(RunCodec.encode(run))).hasValue(run);
      }
    }
  }

  @Test
  void shouldPassOverWhatANewerVersionWrote() {
    RunStatus run = run(RunState.PUBLISHED, Occasion.Kind.DRIFT);
    TrainingRun ofANewState =
        TrainingRun.newBuilder(RunCodec.encode(run)).setState(TrainingRunState.UNKNOWN).build();
    TrainingRun ofANewOccasion =
        TrainingRun.newBuilder(RunCodec.encode(run)).setOccasion(TrainingOccasion.UNKNOWN).build();

    assertThat(List.of(ofANewState, ofANewOccasion))
        .allSatisfy(it -> assertThat(RunCodec.decode(it)).isEmpty());
  }

  @Test
  void shouldFindTheRunInItsKey() {
    RunStatus run = run(RunState.QUEUED, Occasion.Kind.HAND);

    assertThat(RunCodec.key(run)).isEqualTo("orders-again/r1");
    assertThat(RunCodec.id(RunCodec.key(run))).isEqualTo("r1");
  }

  private static RunStatus run(RunState state, Occasion.Kind kind) {
    boolean isQueued = state == RunState.QUEUED;
    return new RunStatus(
        "r1",
        "orders-again",
        new Occasion(kind, "because"),
        state,
        "a step",
        0.25,
        2,
        isQueued ? 0 : 1_234,
        QUEUED,
        isQueued ? null : QUEUED.plusSeconds(1),
        state.isOver() ? QUEUED.plusSeconds(2) : null,
        state.isOver() ? new RunEnd("it is better", true, "v7", Gain.CLEAR, null) : null);
  }
}
