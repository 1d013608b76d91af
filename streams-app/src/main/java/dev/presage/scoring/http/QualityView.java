package dev.presage.scoring.http;

import dev.presage.scoring.quality.ChallengerFigures;
import dev.presage.scoring.quality.OutcomeFigures;
import dev.presage.scoring.quality.StabilityFigures;
import dev.presage.scoring.quality.TraitFigures;
import dev.presage.scoring.quality.VersionFigures;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the models of a trait are worth, as it was measured last.
 *
 * @param trait name of the trait
 * @param challengers canaries and shadows beside the live model, by the scores of this instance
 * @param versions the live quality of versions, by the training examples of all instances
 */
@Serdeable
record QualityView(String trait, List<ChallengerView> challengers, List<VersionView> versions) {

  static QualityView of(String trait, TraitFigures figures) {
    return new QualityView(
        trait,
        figures.challengers().stream().map(ChallengerView::of).toList(),
        figures.versions().stream().map(VersionView::of).toList());
  }

  /**
   * A canary or shadow beside the live model.
   *
   * @param rankCorrelation null where one of the models gave all vectors the same score
   */
  @Serdeable
  record ChallengerView(
      String version,
      String liveVersion,
      long pairs,
      double meanAbsoluteDifference,
      long sampledPairs,
      double changedBands,
      @Nullable Double rankCorrelation) {
    static ChallengerView of(ChallengerFigures figures) {
      return new ChallengerView(
          figures.version(),
          figures.liveVersion(),
          figures.pairs(),
          figures.meanAbsoluteDifference(),
          figures.sampledPairs(),
          figures.changedBands(),
          orNull(figures.rankCorrelation()));
    }
  }

  /**
   * The live quality of a version.
   *
   * @param newestAsOf as-of time of the trait's newest example, at which the windows end
   * @param examples in the last window, labelled or not
   * @param overall of examples of every cause
   * @param atEvents of those alone that an event caused
   * @param stability null where the artefact has no training population, or there are too few
   *     examples to tell
   */
  @Serdeable
  record VersionView(
      String version,
      Instant newestAsOf,
      long examples,
      OutcomeView overall,
      OutcomeView atEvents,
      @Nullable StabilityView stability) {
    static VersionView of(VersionFigures figures) {
      StabilityFigures stability = figures.stability();
      return new VersionView(
          figures.version(),
          figures.newestAsOf(),
          figures.examples(),
          OutcomeView.of(figures.overall()),
          OutcomeView.of(figures.atEvents()),
          stability == null
              ? null
              : new StabilityView(stability.examples(), stability.scores(), stability.features()));
    }
  }

  /** Scores beside what really happened; null where it cannot be told. */
  @Serdeable
  record OutcomeView(
      long labelled,
      @Nullable Double meanScore,
      @Nullable Double meanLabel,
      @Nullable Double logLoss,
      @Nullable Double auc,
      @Nullable Double meanAbsoluteError,
      @Nullable Double rootMeanSquaredError,
      List<DecileView> calibration) {
    static OutcomeView of(OutcomeFigures figures) {
      return new OutcomeView(
          figures.labelled(),
          orNull(figures.meanScore()),
          orNull(figures.meanLabel()),
          orNull(figures.logLoss()),
          orNull(figures.auc()),
          orNull(figures.meanAbsoluteError()),
          orNull(figures.rootMeanSquaredError()),
          figures.calibration().stream()
              .map(it -> new DecileView(it.decile(), it.examples(), it.meanScore(), it.meanLabel()))
              .toList());
    }
  }

  /** A tenth of the examples by score, the lowest is 1. */
  @Serdeable
  record DecileView(int decile, long examples, double meanScore, double meanLabel) {}

  /** Population stability indices of the scores, and of each feature by its name. */
  @Serdeable
  record StabilityView(long examples, double scores, Map<String, Double> features) {}

  private static @Nullable Double orNull(double figure) {
    return Double.isNaN(figure) ? null : figure;
  }
}
