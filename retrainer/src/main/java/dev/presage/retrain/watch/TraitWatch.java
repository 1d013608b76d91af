package dev.presage.retrain.watch;

import dev.presage.retrain.evaluation.LikelihoodFigure;
import dev.presage.retrain.registry.ModelRegistry;
import dev.presage.retrain.registry.RegisteredModel;
import dev.presage.retrain.runs.RunBook;
import dev.presage.retrain.runs.RunEnd;
import dev.presage.retrain.runs.RunStatus;
import dev.presage.retrain.schedule.Cadence;
import dev.presage.retrain.schedule.Watched;
import dev.presage.retrain.schedule.Watched.Drift;
import dev.presage.retrain.schedule.Watched.Live;
import dev.presage.retrain.schedule.Watched.Quality;
import dev.presage.schemas.avro.ModelMeasurement;
import dev.presage.schemas.avro.ModelStatus;
import dev.presage.schemas.avro.OutcomeQuality;
import dev.presage.schemas.avro.PopulationStability;
import dev.presage.schemas.avro.VersionQuality;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a trait, from its runs and from what the streams application measures of its
 * live model.
 */
public final class TraitWatch {
  private static final String HIGH = ".high";
  private static final String ROOT_MEAN_SQUARED_ERROR = "rmse";

  private final RunBook book;
  private final ModelRegistry registry;
  private final Cadence beginning;

  /**
   * @param beginning cadence of a trait before its first run
   */
  public TraitWatch(RunBook book, ModelRegistry registry, Cadence beginning) {
    this.book = book;
    this.registry = registry;
    this.beginning = beginning;
  }

  /**
   * What is known of a trait now.
   *
   * @param historyLength length of the history now
   */
  public Watched of(String trait, long historyLength) {
    List<RunStatus> over = book.of(trait).stream().filter(it -> it.state().isOver()).toList();
    Instant trainedAt = over.isEmpty() ? null : over.getLast().endedAt();
    return new Watched(trainedAt, cadence(over), live(trait, historyLength));
  }

  /** A trait with too little data is looked at again as soon as may be. */
  private Cadence cadence(List<RunStatus> over) {
    Cadence cadence = beginning;
    for (RunStatus run : over) {
      RunEnd end = run.end();
      if (end != null) {
        cadence = cadence.after(end.gain());
      }
    }
    return !over.isEmpty() && over.getLast().insufficientData() ? cadence.soonest() : cadence;
  }

  private @Nullable Live live(String trait, long historyLength) {
    Optional<String> version = registry.liveVersion(trait);
    if (version.isEmpty()) {
      return null;
    }
    Optional<VersionQuality> measured = measured(trait, version.get());
    return new Live(
        triedOn(trait),
        historyLength,
        measured.map(VersionQuality::getStability).map(TraitWatch::drift).orElse(null),
        measured.flatMap(it -> quality(trait, version.get(), it.getAtEvents())).orElse(null));
  }

  /** By the last run, whatever came of it: the same history would bring the same again. */
  private long triedOn(String trait) {
    return book.of(trait).stream()
        .filter(it -> it.state().isOver())
        .mapToLong(RunStatus::historyLength)
        .max()
        .orElse(0);
  }

  /** Every instance sees the examples of all, so that the newest figures are of most. */
  private Optional<VersionQuality> measured(String trait, String version) {
    return registry.statuses(trait).stream()
        .map(ModelStatus::getMeasurement)
        .filter(Objects::nonNull)
        .sorted(Comparator.comparing(ModelMeasurement::getMeasuredAt).reversed())
        .flatMap(it -> it.getQuality().stream())
        .filter(it -> it.getVersion().equals(version))
        .findFirst();
  }

  private static Drift drift(PopulationStability stability) {
    return new Drift(stability.getExamples(), stability.getScores(), stability.getFeatures());
  }

  private Optional<Quality> quality(String trait, String version, OutcomeQuality served) {
    return registered(trait, version)
        .map(RegisteredModel::metrics)
        .flatMap(
            metrics ->
                compared(served, served.getLogLoss(), metrics, LikelihoodFigure.LOG_LOSS.key())
                    .or(
                        () ->
                            compared(
                                served,
                                served.getRootMeanSquaredError(),
                                metrics,
                                ROOT_MEAN_SQUARED_ERROR)));
  }

  private static Optional<Quality> compared(
      OutcomeQuality served,
      @Nullable Double inService,
      Map<String, Double> heldOut,
      String figure) {
    Double high = heldOut.get(figure + HIGH);
    return inService == null || high == null
        ? Optional.empty()
        : Optional.of(new Quality(served.getLabelled(), inService, high));
  }

  private Optional<RegisteredModel> registered(String trait, String version) {
    return registry.models().stream()
        .filter(it -> it.trait().equals(trait) && it.version().equals(version))
        .findFirst();
  }
}
