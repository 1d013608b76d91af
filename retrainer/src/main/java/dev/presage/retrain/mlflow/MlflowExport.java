package dev.presage.retrain.mlflow;

import dev.presage.retrain.mlflow.ExportState.Outcome;
import dev.presage.retrain.registry.ModelShelf;
import dev.presage.retrain.runs.RunStatus;
import dev.presage.schemas.avro.ModelArtefact;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies runs that made a model to an MLflow server, one after the other on a thread of its own: a
 * run is over before its copy begins, and nothing that happens to the copy changes the run.
 * Thread-safe.
 */
public final class MlflowExport implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MlflowExport.class);
  private static final int REMEMBERED = 1_000;
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

  private final MlflowClient client;
  private final ModelShelf shelf;
  private final RunCopy copies = new RunCopy();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("mlflow").daemon().factory());

  /** By ID of the run, in the order in which they ended; guarded by this. */
  private final Map<String, ExportState> states = new LinkedHashMap<>();

  /** Guarded by this. */
  private final Map<Outcome, Long> ended = new EnumMap<>(Outcome.class);

  /** Exports nothing yet. */
  public MlflowExport(MlflowSettings settings, ModelShelf shelf) {
    this.client = new MlflowClient(settings);
    this.shelf = shelf;
  }

  /** Takes a run that is over; one that made no model is passed over. Returns at once. */
  public void take(RunStatus run) {
    String version = run.modelVersion();
    if (version == null) {
      return;
    }
    put(run, ExportState.WAITING);
    try {
      worker.execute(() -> export(run, version));
    } catch (RejectedExecutionException e) {
      put(run, ExportState.failed("the retrainer was stopped"));
    }
  }

  /** What became of the copy of a run; nothing where there is none, or it was forgotten. */
  public synchronized Optional<ExportState> state(String run) {
    return Optional.ofNullable(states.get(run));
  }

  /** Number of copies since the start that ended so. */
  public synchronized long ended(Outcome outcome) {
    return ended.getOrDefault(outcome, 0L);
  }

  /** Gives up what is not written yet. */
  @Override
  public void close() {
    worker.shutdownNow();
    client.close();
    try {
      if (!worker.awaitTermination(LONGEST_CLOSE.toSeconds(), TimeUnit.SECONDS)) {
        log.warn("An export to MLflow does not end, it is left behind");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void export(RunStatus run, String version) {
    try {
      ModelArtefact model =
          shelf
              .find(run.trait(), version)
              .orElseThrow(
                  () ->
                      new MlflowException(
                          "version %s of %s is gone".formatted(version, run.trait()), null));
      MlflowClient.Written written = client.write(copies.of(run, model));
      put(run, ExportState.exported(written));
      log.info("Run {} of trait {} was copied to {}", run.id(), run.trait(), written.page());
    } catch (MlflowException e) {
      fail(run, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      fail(run, "the retrainer was stopped");
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // The broker, for example: the next run's copy may fare better.
      fail(run, e.toString());
    }
  }

  private void fail(RunStatus run, String reason) {
    put(run, ExportState.failed(reason));
    log.warn("Run {} of trait {} was not copied to MLflow: {}", run.id(), run.trait(), reason);
  }

  private synchronized void put(RunStatus run, ExportState state) {
    states.put(run.id(), state);
    if (state.outcome() != Outcome.WAITING) {
      ended.merge(state.outcome(), 1L, Long::sum);
    }
    if (states.size() > REMEMBERED) {
      states.remove(states.keySet().iterator().next());
    }
  }
}
