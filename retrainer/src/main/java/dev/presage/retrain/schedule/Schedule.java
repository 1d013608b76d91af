package dev.presage.retrain.schedule;

import dev.presage.retrain.schedule.Occasion.Kind;
import dev.presage.retrain.schedule.Watched.Drift;
import dev.presage.retrain.schedule.Watched.Live;
import dev.presage.retrain.schedule.Watched.Quality;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides whether a trait is to be trained now. */
public final class Schedule {
  private final SchedulePolicy policy;

  /** Decides by a policy. */
  public Schedule(SchedulePolicy policy) {
    this.policy = policy;
  }

  /** Why a trait is to be trained now; empty where it is not. */
  public Optional<Occasion> due(Watched trait, Instant now) {
    Instant trainedAt = trait.trainedAt();
    Live live = trait.live();
    if (trainedAt == null) {
      return live == null
          ? Optional.of(new Occasion(Kind.FIRST, "it has no model yet"))
          : Optional.empty();
    }
    Duration since = Duration.between(trainedAt, now);
    Cadence cadence = trait.cadence();
    if (since.compareTo(cadence.least()) < 0) {
      return Optional.empty();
    }
    if (live != null) {
      Optional<Occasion> urgent =
          quality(live.quality())
              .or(() -> drift(live.drift(), since, cadence))
              .or(() -> volume(live));
      if (urgent.isPresent()) {
        return urgent;
      }
    }
    return since.compareTo(cadence.current()) < 0
        ? Optional.empty()
        : Optional.of(
            new Occasion(
                Kind.TIME,
                "%s have passed since it was trained, its cadence is %s"
                    .formatted(days(since), days(cadence.current()))));
  }

  /** Why a live model is worse than it should be; empty where nothing is known against it. */
  public Optional<String> degraded(Watched trait) {
    Live live = trait.live();
    return live == null
        ? Optional.empty()
        : quality(live.quality())
            .or(() -> drift(live.drift(), policy.severeDrift()))
            .map(Occasion::reason);
  }

  private Optional<Occasion> quality(@Nullable Quality quality) {
    if (quality == null
        || quality.labelled() < policy.leastExamples()
        || quality.inService() <= quality.heldOutHigh()) {
      return Optional.empty();
    }
    return Optional.of(
        new Occasion(
            Kind.QUALITY,
            String.format(
                Locale.ROOT,
                "its loss in service is %.4f over %,d labelled examples; on held-out rows it was at"
                    + " most %.4f",
                quality.inService(),
                quality.labelled(),
                quality.heldOutHigh())));
  }

  /** Half of the cadence is enough for moderate drift. */
  private Optional<Occasion> drift(@Nullable Drift drift, Duration since, Cadence cadence) {
    boolean isHalf = since.compareTo(cadence.current().dividedBy(2)) >= 0;
    return drift(drift, isHalf ? policy.moderateDrift() : policy.severeDrift());
  }

  private Optional<Occasion> drift(@Nullable Drift drift, double least) {
    if (drift == null || drift.examples() < policy.leastExamples()) {
      return Optional.empty();
    }
    Map.Entry<String, Double> most =
        drift.features().entrySet().stream()
            .max(Map.Entry.<String, Double>comparingByValue().thenComparing(byName()))
            .filter(it -> it.getValue() > drift.scores())
            .map(it -> Map.entry("feature " + it.getKey(), it.getValue()))
            .orElse(Map.entry("its scores", drift.scores()));
    double index = most.getValue();
    if (index < least) {
      return Optional.empty();
    }
    boolean isSevere = index >= policy.severeDrift();
    return Optional.of(
        new Occasion(
            Kind.DRIFT,
            String.format(
                Locale.ROOT,
                "the population stability index of %s is %.3f over %,d examples; it is %s from %s",
                most.getKey(),
                index,
                drift.examples(),
                isSevere ? "severe" : "moderate",
                isSevere ? policy.severeDrift() : policy.moderateDrift())));
  }

  private static Comparator<Map.Entry<String, Double>> byName() {
    return Map.Entry.<String, Double>comparingByKey().reversed();
  }

  private Optional<Occasion> volume(Live live) {
    double growth = (double) (live.length() - live.trainedOn()) / live.trainedOn();
    if (live.trainedOn() <= 0 || growth < policy.growth()) {
      return Optional.empty();
    }
    return Optional.of(
        new Occasion(
            Kind.VOLUME,
            String.format(
                Locale.ROOT,
                "the history is %.0f%% longer than the one that it was trained on",
                100 * growth)));
  }

  private static String days(Duration time) {
    return String.format(Locale.ROOT, "%.1f days", time.toMillis() / 86_400_000.0);
  }
}
