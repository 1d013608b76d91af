package dev.presage.retrain.evaluation;

/** A figure of probabilities and what happened. */
public enum LikelihoodFigure implements Figure {
  /**
   * Area under the receiver operating characteristic: the probability that a positive has a higher
   * score than a negative, ties counting half; in [0, 1]. Not defined unless there are both.
   */
  AUC(0, "auc", "AUC"),
  /**
   * Average precision: the sum over the distinct scores, highest first, of the gain in recall times
   * the precision down to and including that score (Davis and Goadrich, 2006); in [0, 1]. Not
   * defined without positives.
   */
  PR_AUC(1, "prAuc", "PR AUC"),
  /** Mean negative log likelihood in nats; at least 0, the lower the better. */
  LOG_LOSS(2, "logLoss", "log loss"),
  /**
   * The log loss divided by that of always saying the share of positives: 1 says nothing, 0 all (He
   * et al., 2014). Not defined unless there are both positives and negatives.
   */
  NORMALISED_CROSS_ENTROPY(3, "normalisedCrossEntropy", "normalised cross-entropy"),
  /** Mean squared error (Brier, 1950); in [0, 1], the lower the better. */
  BRIER(4, "brier", "Brier score"),
  /**
   * Slope of a logistic regression of what happened on the logits of the scores (Cox, 1958): 1 is
   * right, below 1 the scores are too extreme, above 1 too timid. Not defined where the scores
   * separate the outcomes, or are all the same.
   */
  CALIBRATION_SLOPE(5, "calibrationSlope", "calibration slope"),
  /** Intercept of the same regression: 0 is right where the slope is 1. */
  CALIBRATION_INTERCEPT(6, "calibrationIntercept", "calibration intercept"),
  /** Share of positives among the 1% with the highest scores, divided by that of all. */
  LIFT_TOP_1(7, "liftTop1", "lift in the top 1%"),
  /** The same of the top 5%. */
  LIFT_TOP_5(8, "liftTop5", "lift in the top 5%"),
  /** The same of the top 10%. */
  LIFT_TOP_10(9, "liftTop10", "lift in the top 10%"),
  /** The same of the top 20%. */
  LIFT_TOP_20(10, "liftTop20", "lift in the top 20%");

  private final int place;
  private final String key;
  private final String words;

  LikelihoodFigure(int place, String key, String words) {
    this.place = place;
    this.key = key;
    this.words = words;
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public String words() {
    return words;
  }

  /** Where it is in an array of all of them. */
  int place() {
    return place;
  }
}
