package dev.presage.local.retrainer;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What the instances of the streams application made of a change.
 *
 * @param model the version that was changed, as it is afterwards
 * @param all what each instance decided, as far as it did in time
 */
public record Decisions(ModelVersion model, List<ModelVersion.Decision> all) {
  /** Instances decide within a second; one that has not after so long is not there. */
  public static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final long PAUSE_MILLIS = 100;

  /**
   * Makes a change and waits until every instance that is known has decided on it.
   *
   * @param change publishes a version and returns it
   */
  public static Decisions after(
      RetrainerClient retrainer, String trait, Supplier<ModelVersion> change) {
    Map<String, String> before = decidedAt(retrainer, trait);
    ModelVersion changed = change.get();
    long began = System.nanoTime();
    while (true) {
      ModelVersion now = retrainer.model(trait, changed.version());
      List<ModelVersion.Decision> decided =
          now.instances().stream()
              .filter(it -> !it.decidedAt().equals(before.get(it.instance())))
              .toList();
      boolean isOver = System.nanoTime() - began > PATIENCE.toNanos();
      boolean isComplete = !decided.isEmpty() && decided.size() == now.instances().size();
      if (isComplete || isOver) {
        return new Decisions(now, decided);
      }
      pause();
    }
  }

  /** Whether no instance decided anything. */
  public boolean isSilent() {
    return all.isEmpty();
  }

  private static Map<String, String> decidedAt(RetrainerClient retrainer, String trait) {
    Map<String, String> times = new HashMap<>();
    for (ModelVersion version : retrainer.models(Optional.of(trait))) {
      version.instances().forEach(it -> times.put(it.instance(), it.decidedAt()));
    }
    return times;
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while instances decided", e);
    }
  }
}
