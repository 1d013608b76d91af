package dev.presage.retrain.evaluation;

/** A figure of predicted amounts and what they came to. */
public enum ValueFigure {
  /** Mean absolute error, in the unit of the amounts. */
  MAE(0, "mae"),
  /** Root of the mean squared error, in the unit of the amounts. */
  RMSE(1, "rmse"),
  /**
   * How well the predictions order the amounts: the Gini coefficient of the amounts ordered by
   * prediction, divided by that of the amounts ordered by themselves. 1 is the best order, 0 none,
   * -1 the reverse. Not defined where an amount is negative or all are the same.
   */
  NORMALISED_GINI(2, "normalisedGini"),
  /**
   * Correlation of the ranks (Spearman, 1904), equal ones sharing their mean; in [-1, 1]. Not
   * defined where all predictions or all amounts are the same.
   */
  SPEARMAN(3, "spearman"),
  /** Sum of the predictions divided by that of the amounts. Not defined where the latter is 0. */
  SUM_RATIO(4, "sumRatio");

  private final int place;
  private final String key;

  ValueFigure(int place, String key) {
    this.place = place;
    this.key = key;
  }

  /** Its name among the metrics of an artefact. */
  public String key() {
    return key;
  }

  /** Where it is in an array of all of them. */
  int place() {
    return place;
  }
}
