package dev.presage.scoring.runtime;

import dev.presage.schemas.avro.CalibrationDecile;
import dev.presage.schemas.avro.ChallengerMeasurement;
import dev.presage.schemas.avro.ModelMeasurement;
import dev.presage.schemas.avro.OutcomeQuality;
import dev.presage.schemas.avro.PopulationStability;
import dev.presage.schemas.avro.VersionQuality;
import dev.presage.scoring.quality.ChallengerFigures;
import dev.presage.scoring.quality.OutcomeFigures;
import dev.presage.scoring.quality.StabilityFigures;
import dev.presage.scoring.quality.TraitFigures;
import dev.presage.scoring.quality.VersionFigures;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Figures as records; what is NaN here is null there. */
final class ModelMeasurements {
  private ModelMeasurements() {}

  static ModelMeasurement of(TraitFigures figures, Instant measuredAt) {
    return new ModelMeasurement(
        measuredAt,
        figures.challengers().stream().map(ModelMeasurements::of).toList(),
        figures.versions().stream().map(ModelMeasurements::of).toList());
  }

  private static ChallengerMeasurement of(ChallengerFigures figures) {
    return new ChallengerMeasurement(
        figures.version(),
        figures.liveVersion(),
        figures.pairs(),
        figures.meanAbsoluteDifference(),
        figures.sampledPairs(),
        figures.changedBands(),
        orNull(figures.rankCorrelation()));
  }

  private static VersionQuality of(VersionFigures figures) {
    return new VersionQuality(
        figures.version(),
        figures.newestAsOf(),
        figures.examples(),
        of(figures.overall()),
        of(figures.atEvents()),
        of(figures.stability()));
  }

  private static OutcomeQuality of(OutcomeFigures figures) {
    return new OutcomeQuality(
        figures.labelled(),
        orNull(figures.meanScore()),
        orNull(figures.meanLabel()),
        orNull(figures.logLoss()),
        orNull(figures.auc()),
        orNull(figures.meanAbsoluteError()),
        orNull(figures.rootMeanSquaredError()),
        figures.calibration().stream()
            .map(
                it ->
                    new CalibrationDecile(
                        it.decile(), it.examples(), it.meanScore(), it.meanLabel()))
            .toList());
  }

  private static @Nullable PopulationStability of(@Nullable StabilityFigures figures) {
    return figures == null
        ? null
        : new PopulationStability(figures.examples(), figures.scores(), figures.features());
  }

  private static @Nullable Double orNull(double figure) {
    return Double.isNaN(figure) ? null : figure;
  }
}
