package dev.presage.retrain.evaluation;

/** A figure of predicted amounts and what they came to. */
public enum ValueFigure implements Figure {
  /** Mean absolute error, in the unit of the amounts. */
  MAE(0, "mae", "mean absolute error"),
  /** Root of the mean squared error, in the unit of the amounts. */
  RMSE(1, "rmse", "root mean squared error"),
  /**
   * How well the predictions order the amounts: the Gini coefficient of the amounts ordered by
   * prediction, divided by that of the amounts ordered by themselves. 1 is the best order, 0 none,
   * -1 the reverse. An amount below 0 counts as 0. Not defined where all are the same.
   */
  NORMALISED_GINI(2, "normalisedGini", "normalised Gini"),
  /**
   * Correlation of the ranks (Spearman, 1904), equal ones sharing their mean; in [-1, 1]. Not
   * defined where all predictions or all amounts are the same.
   */
  SPEARMAN(3, "spearman", "rank correlation"),
  /** Sum of the predictions divided by that of the amounts. Not defined where the latter is 0. */
  SUM_RATIO(4, "sumRatio", "ratio of the sums"),
  /**
   * Mean Tweedie deviance of power 1.5 (Jorgensen, 1987), {@code 4 (sqrt(y) - sqrt(p))^2 / sqrt(p)}
   * of an amount y and its prediction p: at least 0, the lower the better. Least on the mean where
   * predictions are the means of what happens, so that it sees ranks and heights, and it does not
   * leave all to the few largest amounts as squares do. An amount below 0 counts as 0, and a
   * prediction as a millionth of the mean amount at least. Not defined where no amount is above 0.
   */
  DEVIANCE(5, "deviance", "Tweedie deviance");

  private final int place;
  private final String key;
  private final String words;

  ValueFigure(int place, String key, String words) {
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
