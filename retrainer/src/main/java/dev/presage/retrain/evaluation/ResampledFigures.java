package dev.presage.retrain.evaluation;

import java.util.Arrays;
import java.util.Optional;
import org.hipparchus.stat.descriptive.rank.Percentile;

/** Figures of rows, and the same of each of their resamples. Immutable. */
final class ResampledFigures {
  private static final double LOWER_PERCENT = 2.5;
  private static final double UPPER_PERCENT = 97.5;

  private final double[] figures;

  /** By figure, then by resample. */
  private final double[][] resampled;

  private final Resamples resamples;

  private ResampledFigures(double[] figures, double[][] resampled, Resamples resamples) {
    this.figures = figures;
    this.resampled = resampled;
    this.resamples = resamples;
  }

  /**
   * Computes the figures.
   *
   * @throws IllegalArgumentException when there are not as many rows to resample as weights
   */
  static ResampledFigures of(Measure measure, double[] weights, Resamples resamples) {
    if (resamples.rows() != weights.length) {
      throw new IllegalArgumentException(
          "There are %d rows, but the resamples are of %d"
              .formatted(weights.length, resamples.rows()));
    }
    double[] figures = new double[measure.figures()];
    measure.write(weights, figures);
    double[][] resampled = new double[figures.length][resamples.count()];
    double[] drawn = new double[weights.length];
    double[] once = new double[figures.length];
    for (int resample = 0; resample < resamples.count(); resample++) {
      resamples.weigh(resample, weights, drawn);
      measure.write(drawn, once);
      for (int figure = 0; figure < once.length; figure++) {
        resampled[figure][resample] = once[figure];
      }
    }
    return new ResampledFigures(figures, resampled, resamples);
  }

  double value(int figure) {
    return figures[figure];
  }

  Optional<Interval> interval(int figure) {
    return Double.isNaN(figures[figure]) ? Optional.empty() : interval(resampled[figure]);
  }

  /** This one's less the other's; nothing where either is not defined, or nothing was resampled. */
  Optional<Difference> difference(int figure, ResampledFigures other) {
    if (resamples != other.resamples) {
      throw new IllegalArgumentException(
          "Figures can be compared only where both are of the same resamples of the same rows");
    }
    double value = figures[figure] - other.figures[figure];
    if (Double.isNaN(value)) {
      return Optional.empty();
    }
    double[] differences = new double[resamples.count()];
    Arrays.setAll(differences, it -> resampled[figure][it] - other.resampled[figure][it]);
    return interval(differences).map(it -> new Difference(value, it));
  }

  /** By percentiles; nothing where the figure is not defined in half of the resamples or more. */
  private static Optional<Interval> interval(double[] resampled) {
    double[] defined = Arrays.stream(resampled).filter(Double::isFinite).toArray();
    if (defined.length == 0 || defined.length * 2 <= resampled.length) {
      return Optional.empty();
    }
    Percentile percentile = new Percentile().withEstimationType(Percentile.EstimationType.R_7);
    percentile.setData(defined);
    return Optional.of(
        new Interval(percentile.evaluate(LOWER_PERCENT), percentile.evaluate(UPPER_PERCENT)));
  }
}
