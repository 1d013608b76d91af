package dev.presage.retrain.evaluation;

import java.util.List;
import java.util.Optional;

/** How well probabilities foretold what happened. Immutable. */
public final class Evaluation {
  private final long rows;
  private final long positives;
  private final ResampledFigures figures;
  private final List<CalibrationDecile> calibration;

  private Evaluation(ScoredRows scored, Resamples resamples) {
    LikelihoodMeasure measure = new LikelihoodMeasure(scored);
    this.rows = scored.rows();
    this.positives = scored.positives;
    this.figures = ResampledFigures.of(measure, scored.weights, resamples);
    this.calibration = List.copyOf(measure.calibration(figures));
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

  /** Number of rows. */
  public long rows() {
    return rows;
  }

  /** How many of them were positive. */
  public long positives() {
    return positives;
  }

  /** A figure; NaN where it is not defined, as most are without rows. */
  public double value(LikelihoodFigure figure) {
    return figures.value(figure.place());
  }

  /** Where a figure lies; nothing where it is not defined or nothing was resampled. */
  public Optional<Interval> interval(LikelihoodFigure figure) {
    return figures.interval(figure.place());
  }

  /**
   * By how much a figure exceeds that of another predictor on the same rows.
   *
   * @return nothing where either is not defined or nothing was resampled
   * @throws IllegalArgumentException when the other was evaluated with other resamples
   */
  public Optional<Difference> difference(LikelihoodFigure figure, Evaluation other) {
    return figures.difference(figure.place(), other.figures);
  }

  /** By decile of the score, lowest first; those that have rows. */
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
}
