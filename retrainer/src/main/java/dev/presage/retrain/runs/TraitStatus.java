package dev.presage.retrain.runs;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A trait at one moment.
 *
 * @param trait the trait
 * @param state where it stands
 * @param reason a sentence for people
 * @param liveVersion the model version that scores; null where none does
 * @param lastRun the run that was asked for last; null without one
 */
public record TraitStatus(
    String trait,
    TraitState state,
    String reason,
    @Nullable String liveVersion,
    @Nullable RunStatus lastRun) {

  /**
   * The state of a trait that a person has put to rest.
   *
   * @param liveVersion the version that will score again
   */
  public static TraitStatus paused(
      String trait, Optional<String> liveVersion, Optional<RunStatus> lastRun) {
    return new TraitStatus(
        trait,
        TraitState.PAUSED,
        "paused; its published values stay, resume it to score and train again",
        liveVersion.orElse(null),
        lastRun.orElse(null));
  }

  /**
   * Reads a trait's state off its models and its last run.
   *
   * @param shadowVersion a version that is scored, but not emitted
   * @param degraded why the live version is worse than it should be
   */
  public static TraitStatus of(
      String trait,
      Optional<String> liveVersion,
      Optional<String> shadowVersion,
      Optional<RunStatus> lastRun,
      Optional<String> degraded) {
    String version = liveVersion.orElse(null);
    RunStatus run = lastRun.orElse(null);
    if (run != null && !run.state().isOver()) {
      return new TraitStatus(
          trait, TraitState.TRAINING, run.state() + ": " + run.step(), version, run);
    }
    String lastEnd = run == null ? "" : "; last run %s: %s".formatted(run.state(), run.reason());
    if (version != null && degraded.isPresent()) {
      return new TraitStatus(
          trait,
          TraitState.DEGRADED,
          "model %s scores, but %s%s".formatted(version, degraded.get(), lastEnd),
          version,
          run);
    }
    if (version != null) {
      return new TraitStatus(
          trait, TraitState.LIVE, "model " + version + " scores" + lastEnd, version, run);
    }
    if (shadowVersion.isPresent()) {
      return new TraitStatus(
          trait,
          TraitState.SHADOW,
          "model %s is scored in the shadow, and not emitted%s"
              .formatted(shadowVersion.get(), lastEnd),
          null,
          run);
    }
    if (run == null) {
      return new TraitStatus(
          trait, TraitState.COLLECTING, "no model yet; start a run to train one", null, null);
    }
    if (run.state() == RunState.PUBLISHED) {
      return new TraitStatus(
          trait,
          TraitState.SHADOW,
          "model %s is a shadow: %s".formatted(run.modelVersion(), run.reason()),
          null,
          run);
    }
    return new TraitStatus(trait, withoutModel(run), String.valueOf(run.reason()), null, run);
  }

  private static TraitState withoutModel(RunStatus run) {
    if (run.state() == RunState.CANCELLED) {
      return TraitState.COLLECTING;
    }
    return run.insufficientData() ? TraitState.INSUFFICIENT_DATA : TraitState.FAILED;
  }
}
