package dev.presage.scoring.profile;

import dev.presage.model.calibration.Bands;
import dev.presage.scoring.population.PercentileBand;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What updates of ranked traits say of bands: those of the model where it has some, else those of
 * the percentile. Allocates nothing.
 */
final class Ranks {
  private Ranks() {}

  /** The number of the band of a percentile, 0 to 100; NaN has none. */
  static int bandNumber(double percentile) {
    return Double.isNaN(percentile) ? PercentileBand.NONE : PercentileBand.of(percentile).number();
  }

  /** The name of the band that an update says; null where there is none. */
  static @Nullable String band(Bands ofModel, double score, double percentile) {
    if (ofModel != Bands.NONE) {
      return ofModel.of(score);
    }
    return Double.isNaN(percentile) ? null : PercentileBand.of(percentile).label();
  }

  /** Whether a score is in another band than the last update said; not where it is in none. */
  static boolean hasLeftBand(Bands ofModel, PublishedTrait last, double score, double percentile) {
    if (ofModel != Bands.NONE) {
      return !Objects.equals(ofModel.of(last.value()), ofModel.of(score));
    }
    return !Double.isNaN(percentile) && bandNumber(percentile) != last.band();
  }
}
