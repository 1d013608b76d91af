package dev.presage.retrain.evaluation;

import java.util.List;
import java.util.Optional;

/** How well predicted amounts foretold what they came to. Immutable. */
public final class ValueEvaluation {
  private final long rows;
  private final ResampledFigures figures;
  private final List<CalibrationDecile> calibration;

  private ValueEvaluation(
      double[] predictions, double[] amounts, double[] weights, Resamples resamples) {
    ValueMeasure measure = new ValueMeasure(predictions, amounts, weights);
    this.rows = amounts.length;
    this.figures = ResampledFigures.of(measure, weights, resamples);
    this.calibration = List.copyOf(measure.calibration(weights, figures));
  }

  /**
   * Evaluates predictions. It takes time as the number of rows times the number of resamples.
   *
   * @param predictions finite numbers
   * @param amounts what they came to, finite, row by row
   * @param weights what each row counts; not negative
   * @param resamples of these rows, for the intervals
   * @throws IllegalArgumentException when the lengths differ or a number is not finite, or a weight
   *     is negative
   */
  public static ValueEvaluation of(
      double[] predictions, double[] amounts, double[] weights, Resamples resamples) {
    if (predictions.length != amounts.length) {
      throw new IllegalArgumentException(
          "%d predictions, but %d amounts".formatted(predictions.length, amounts.length));
    }
    Weights.check(weights, amounts.length);
    for (int row = 0; row < amounts.length; row++) {
      if (!Double.isFinite(predictions[row]) || !Double.isFinite(amounts[row])) {
        throw new IllegalArgumentException(
            "Of row %d %s is predicted and the amount is %s; expected finite numbers"
                .formatted(row, predictions[row], amounts[row]));
      }
    }
    return new ValueEvaluation(predictions, amounts, weights, resamples);
  }

  /** Number of rows. */
  public long rows() {
    return rows;
  }

  /** A figure; NaN where it is not defined, as all are without rows. */
  public double value(ValueFigure figure) {
    return figures.value(figure.place());
  }

  /** Where a figure lies; nothing where it is not defined or nothing was resampled. */
  public Optional<Interval> interval(ValueFigure figure) {
    return figures.interval(figure.place());
  }

  /**
   * By how much a figure exceeds that of another predictor on the same rows.
   *
   * @return nothing where either is not defined or nothing was resampled
   * @throws IllegalArgumentException when the other was evaluated with other resamples
   */
  public Optional<Difference> difference(ValueFigure figure, ValueEvaluation other) {
    return figures.difference(figure.place(), other.figures);
  }

  /** By decile of the prediction, lowest first, with mean predictions and mean amounts. */
  public List<CalibrationDecile> calibration() {
    return calibration;
  }
}
