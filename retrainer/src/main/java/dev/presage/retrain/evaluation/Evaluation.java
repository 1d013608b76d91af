package dev.presage.retrain.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How well probabilities, or amounts, foretold what happened. It has the figures of the one or of
 * the other; those of the other are not defined. Immutable.
 */
public final class Evaluation {
  private final long rows;
  private final long positives;
  private final Figure ranking;
  private final Figure loss;
  private final List<Figure> kinds;
  private final ResampledFigures figures;
  private final List<CalibrationDecile> calibration;

  private Evaluation(ScoredRows scored, Resamples resamples) {
    LikelihoodMeasure measure = new LikelihoodMeasure(scored);
    this.rows = scored.rows();
    this.positives = scored.positives;
    this.ranking = LikelihoodFigure.AUC;
    this.loss = LikelihoodFigure.LOG_LOSS;
    this.kinds = List.of(LikelihoodFigure.values());
    this.figures = ResampledFigures.of(measure, scored.weights, resamples);
    this.calibration = List.copyOf(measure.calibration(figures));
  }

  private Evaluation(
      double[] predictions, double[] amounts, double[] weights, Resamples resamples) {
    ValueMeasure measure = new ValueMeasure(predictions, amounts, weights);
    this.rows = amounts.length;
    this.positives = Arrays.stream(amounts).filter(it -> it > 0).count();
    this.ranking = ValueFigure.NORMALISED_GINI;
    this.loss = ValueFigure.DEVIANCE;
    this.kinds = List.of(ValueFigure.values());
    this.figures = ResampledFigures.of(measure, weights, resamples);
    this.calibration = List.copyOf(measure.calibration(weights, figures));
  }

  /**
   * Evaluates scores, without intervals.
   *
   * @param scores probabilities in [0, 1]
   * @param positive what happened, row by row
   * @throws IllegalArgumentException when the lengths differ or a score is not in [0, 1]
   */
  public static Evaluation of(double[] scores, boolean[] positive) {
    return new Evaluation(new ScoredRows(scores, positive), Resamples.none(scores.length));
  }

  /**
   * Evaluates scores. It takes time as the number of rows times the number of resamples.
   *
   * @param scores probabilities in [0, 1]
   * @param positive what happened, row by row
   * @param weights what each row counts; not negative
   * @param resamples of these rows, for the intervals
   * @throws IllegalArgumentException when the lengths differ, a score is not in [0, 1], or a weight
   *     is negative or not finite
   */
  public static Evaluation of(
      double[] scores, boolean[] positive, double[] weights, Resamples resamples) {
    return new Evaluation(new ScoredRows(scores, positive, weights), resamples);
  }

  /**
   * Evaluates amounts, without intervals.
   *
   * @param predictions finite numbers
   * @param amounts what they came to, finite, row by row
   * @throws IllegalArgumentException when the lengths differ or a number is not finite
   */
  public static Evaluation ofAmounts(double[] predictions, double[] amounts) {
    double[] ones = new double[amounts.length];
    Arrays.fill(ones, 1);
    return ofAmounts(predictions, amounts, ones, Resamples.none(amounts.length));
  }

  /**
   * Evaluates amounts. It takes time as the number of rows times the number of resamples.
   *
   * @param predictions finite numbers
   * @param amounts what they came to, finite, row by row
   * @param weights what each row counts; not negative
   * @param resamples of these rows, for the intervals
   * @throws IllegalArgumentException when the lengths differ or a number is not finite, or a weight
   *     is negative
   */
  public static Evaluation ofAmounts(
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
    return new Evaluation(predictions, amounts, weights, resamples);
  }

  /** Number of rows. */
  public long rows() {
    return rows;
  }

  /** How many of them were positive; of amounts, how many were above 0. */
  public long positives() {
    return positives;
  }

  /** The figures that there are of such predictions. */
  public List<Figure> figures() {
    return kinds;
  }

  /** The figure of the order, higher where it is better: AUC, or the normalised Gini. */
  public Figure ranking() {
    return ranking;
  }

  /** The figure of how wrong it is, lower where it is better: log loss, or deviance. */
  public Figure loss() {
    return loss;
  }

  /** A figure; NaN where it is not defined, as most are without rows. */
  public double value(Figure figure) {
    return kinds.contains(figure) ? figures.value(place(figure)) : Double.NaN;
  }

  /** Where a figure lies; nothing where it is not defined or nothing was resampled. */
  public Optional<Interval> interval(Figure figure) {
    return kinds.contains(figure) ? figures.interval(place(figure)) : Optional.empty();
  }

  /**
   * By how much a figure exceeds that of another predictor on the same rows.
   *
   * @return nothing where either is not defined or nothing was resampled
   * @throws IllegalArgumentException when the other was evaluated with other resamples
   */
  public Optional<Difference> difference(Figure figure, Evaluation other) {
    return kinds.contains(figure) && other.kinds.contains(figure)
        ? figures.difference(place(figure), other.figures)
        : Optional.empty();
  }

  /**
   * By decile of what was foretold, lowest first; those that have rows. Of amounts the rate of a
   * decile is their mean.
   */
  public List<CalibrationDecile> calibration() {
    return calibration;
  }

  /** {@link LikelihoodFigure#AUC}. */
  public double auc() {
    return value(LikelihoodFigure.AUC);
  }

  /** {@link LikelihoodFigure#PR_AUC}. */
  public double prAuc() {
    return value(LikelihoodFigure.PR_AUC);
  }

  /** {@link LikelihoodFigure#LOG_LOSS}. */
  public double logLoss() {
    return value(LikelihoodFigure.LOG_LOSS);
  }

  /** {@link LikelihoodFigure#BRIER}. */
  public double brier() {
    return value(LikelihoodFigure.BRIER);
  }

  private static int place(Figure figure) {
    return switch (figure) {
      case LikelihoodFigure it -> it.place();
      case ValueFigure it -> it.place();
    };
  }
}
