package dev.presage.retrain.app;

import dev.presage.retrain.mlflow.ExportState.Outcome;
import dev.presage.retrain.mlflow.MlflowExport;
import dev.presage.retrain.runs.RunState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;

/** Counts runs that ended, by how, and those that did not yet. */
@Singleton
class RunMetrics implements MeterBinder {
  private final Retrainer retrainer;

  RunMetrics(Retrainer retrainer) {
    this.retrainer = retrainer;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (RunState state : RunState.values()) {
      if (state.isOver()) {
        FunctionCounter.builder("presage.retrainer.runs", retrainer, it -> it.runsIn(state))
            .tag("outcome", state.name().toLowerCase(Locale.ROOT))
            .description("Training runs that ended since the start")
            .register(registry);
      }
    }
    Gauge.builder("presage.retrainer.leader", retrainer, it -> it.isLeading() ? 1 : 0)
        .description("1 on the retrainer that trains, 0 on the others")
        .register(registry);
    retrainer.mlflow().ifPresent(it -> bindTo(registry, it));
    Gauge.builder("presage.retrainer.runs.open", retrainer, Retrainer::openRuns)
        .description("Training runs that wait or are under way")
        .register(registry);
  }

  private static void bindTo(MeterRegistry registry, MlflowExport mlflow) {
    for (Outcome outcome : List.of(Outcome.EXPORTED, Outcome.FAILED)) {
      FunctionCounter.builder("presage.retrainer.mlflow.exports", mlflow, it -> it.ended(outcome))
          .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
          .description("Training runs that were, or were not, copied to MLflow since the start")
          .register(registry);
    }
  }
}
