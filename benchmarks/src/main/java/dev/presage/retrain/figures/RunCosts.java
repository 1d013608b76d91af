package dev.presage.retrain.figures;

import dev.presage.features.FeatureEngine;
import dev.presage.features.ShopProfile;
import dev.presage.figures.Effort;
import dev.presage.figures.Figure;
import dev.presage.figures.FigureSource;
import dev.presage.figures.Measured;
import dev.presage.model.LoadedModel;
import dev.presage.retrain.ShopHistory;
import dev.presage.retrain.gate.GatePolicy;
import dev.presage.retrain.rows.RowPlan;
import dev.presage.retrain.runs.Models;
import dev.presage.retrain.runs.RunState;
import dev.presage.retrain.runs.Training;
import dev.presage.retrain.runs.TrainingOutcome;
import dev.presage.retrain.runs.TrainingPlan;
import dev.presage.retrain.runs.TrainingReport;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a whole run takes, from the definition of a trait until the gate has decided. */
final class RunCosts implements FigureSource {
  private static final Duration HALF_A_YEAR = Duration.ofDays(180);
  private static final int EVENTS_A_CUSTOMER = 20;
  private static final Path STATUS = Path.of("/proc/self/status");

  @Override
  public Duration expected(Effort effort) {
    return Duration.ofSeconds(effort == Effort.FULL ? 240 : 30);
  }

  /** Will a customer order within a horizon? */
  static TraitDefinition trait(Duration horizon) {
    return TraitDefinition.newBuilder()
        .setTrait("orders")
        .setKind(TraitKind.LIKELIHOOD)
        .setEligibility("true")
        .setTarget(new Target("order_completed", "true"))
        .setHorizonMillis(horizon.toMillis())
        .build();
  }

  @Override
  public Map<Figure, Measured> measure(Effort effort, Progress progress) throws IOException {
    progress.at(0, "events of a shop");
    int events = effort == Effort.FULL ? 1_000_000 : 30_000;
    ShopHistory history = ShopHistory.of(events / EVENTS_A_CUSTOMER, events, HALF_A_YEAR);
    Training training =
        new Training(
            new FeatureEngine(ShopProfile.declarations()),
            history,
            new Nowhere(),
            RowPlan.standard(),
            TrainingPlan.standard(),
            GatePolicy.AT_ONCE,
            InstantSource.system(),
            "benchmark");
    AtomicLong read = new AtomicLong();
    long began = System.nanoTime();
    TrainingOutcome outcome =
        training.run(
            trait(Duration.ofDays(30)),
            (state, step, done) -> {
              if (state == RunState.READING) {
                read.set(System.nanoTime());
              }
              progress.at(done, "a run: " + state);
            });
    double seconds = (System.nanoTime() - began) / 1e9;
    TrainingReport report =
        switch (outcome) {
          case TrainingOutcome.Published it -> it.report();
          case TrainingOutcome.Held it -> it.report();
          case TrainingOutcome.InsufficientData it ->
              throw new IllegalStateException("Nothing was trained: " + it.reason());
        };
    String how =
        String.format(
            Locale.ROOT,
            "one run of %,d events of %,d bytes, %,d profiles, %d features, %,d rows trained on and %,d judged by; "
                + "%s; AUC %.4f, baseline %.4f; heap at most %,d MB, log in memory; nothing before it in this JVM but replays",
            history.events(),
            history.bytesAnEvent(),
            report.history().profiles(),
            report.history().rows().features(),
            report.trainingRows(),
            report.model().rows(),
            report.learned().candidate(),
            report.model().auc(),
            report.baseline().auc(),
            Runtime.getRuntime().maxMemory() >> 20);
    return Stream.of(
            Map.entry(TrainingFigures.RUN, Optional.of(new Measured(seconds, how))),
            Map.entry(
                TrainingFigures.READING,
                Optional.of(new Measured((read.get() - began) / 1e9, "the last row was built"))),
            Map.entry(TrainingFigures.MEMORY, memory()))
        .filter(it -> it.getValue().isPresent())
        .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().orElseThrow()));
  }

  /** Resident memory, where the system tells it. */
  private static Optional<Measured> memory() throws IOException {
    if (!Files.isReadable(STATUS)) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(it -> it.startsWith("VmHWM:"))
          .map(it -> Long.parseLong(it.replaceAll("\\D", "")))
          .map(kilobytes -> new Measured(kilobytes / 1024.0, "resident, the log and heap included"))
          .findFirst();
    }
  }

  /** Nothing is live, and what is published goes nowhere. */
  private static final class Nowhere implements Models {
    @Override
    public Optional<LoadedModel> live(String trait) {
      return Optional.empty();
    }

    @Override
    public void publish(ModelArtefact artefact) {
      // The run is over.
    }
  }
}
