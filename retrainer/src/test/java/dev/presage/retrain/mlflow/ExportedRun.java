package dev.presage.retrain.mlflow;

import dev.presage.retrain.Histories;
import dev.presage.retrain.PlantedShop;
import dev.presage.retrain.Shelf;
import dev.presage.retrain.registry.ModelShelf;
import dev.presage.retrain.rows.RowPlan;
import dev.presage.retrain.runs.LeadingQueue;
import dev.presage.retrain.runs.RunBook;
import dev.presage.retrain.runs.RunQueue;
import dev.presage.retrain.runs.RunStatus;
import dev.presage.retrain.runs.Training;
import dev.presage.retrain.schedule.Occasion;
import dev.presage.schemas.avro.ModelArtefact;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A run that really was, and what came of it. */
final class ExportedRun implements ModelShelf {
  private final Shelf shelf = new Shelf();
  private final RunStatus run;

  ExportedRun() throws Exception {
    Training training =
        new Training(
            Histories.engine(),
            Histories.of(Histories.partitioned(PlantedShop.history(), 2)),
            shelf,
            RowPlan.standard(),
            InstantSource.system(),
            "test");
    CompletableFuture<RunStatus> over = new CompletableFuture<>();
    try (RunQueue queue = LeadingQueue.of(training::run, new RunBook(), over::complete)) {
      var unused =
          queue.submit(
              Histories.orders(
                  "likely-to-order", "days_since_last_visit >= 0", Duration.ofDays(14)),
              Occasion.BY_HAND);
      this.run = over.get(2, TimeUnit.MINUTES);
    }
  }

  RunStatus run() {
    return run;
  }

  ModelArtefact model() {
    return shelf.published().getFirst();
  }

  @Override
  public Optional<ModelArtefact> find(String trait, String version) {
    return shelf.published().stream().filter(it -> it.getVersion().equals(version)).findFirst();
  }

  @Override
  public void publish(ModelArtefact artefact) {
    throw new UnsupportedOperationException("Nothing is published by an export");
  }
}
