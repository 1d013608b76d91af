package dev.presage.retrain.evaluation;

import java.util.Arrays;
import java.util.List;

/**
 * The figures of predicted amounts. Both orders are found once. After the figures of {@link
 * ValueFigure} come the mean amounts by decile of the prediction.
 */
final class ValueMeasure implements Measure {
  private static final int FIGURES = ValueFigure.values().length;

  private static final double LEAST_OF_THE_MEAN = 1e-6;

  private final double[] predictions;
  private final double[] amounts;

  /** Amounts, those below 0 as 0. */
  private final double[] gains;

  private final double[] deviances;
  private final Order byPrediction;
  private final Order byAmount;
  private final Deciles deciles;

  /** Amounts in the order of the predictions. */
  private final double[] orderedAmounts;

  private final double[] ordered;
  private final double[] predictionRanks;
  private final double[] amountRanks;

  ValueMeasure(double[] predictions, double[] amounts, double[] weights) {
    this.predictions = predictions;
    this.amounts = amounts;
    this.byPrediction = Order.highestFirst(predictions);
    this.byAmount = Order.highestFirst(amounts);
    this.deciles = new Deciles(byPrediction, weights);
    this.orderedAmounts = new double[amounts.length];
    this.gains = Arrays.stream(amounts).map(it -> Math.max(0, it)).toArray();
    this.deviances = deviances(predictions, gains, weights);
    for (int i = 0; i < amounts.length; i++) {
      orderedAmounts[i] = amounts[byPrediction.rows[i]];
    }
    this.ordered = new double[amounts.length];
    this.predictionRanks = new double[amounts.length];
    this.amountRanks = new double[amounts.length];
  }

  private static double[] deviances(double[] predictions, double[] gains, double[] weights) {
    double all = 0;
    double happened = 0;
    for (int row = 0; row < gains.length; row++) {
      all += weights[row];
      happened += weights[row] * gains[row];
    }
    double least = LEAST_OF_THE_MEAN * happened / all;
    double[] deviances = new double[gains.length];
    for (int row = 0; row < gains.length; row++) {
      double root = Math.sqrt(Math.max(least, predictions[row]));
      double distance = Math.sqrt(gains[row]) - root;
      deviances[row] = happened > 0 ? 4 * distance * distance / root : Double.NaN;
    }
    return deviances;
  }

  @Override
  public int figures() {
    return FIGURES + Deciles.COUNT;
  }

  List<CalibrationDecile> calibration(double[] weights, ResampledFigures figures) {
    return deciles.list(predictions, weights, figures, FIGURES);
  }

  @Override
  public void write(double[] weights, double[] figures) {
    double all = 0;
    double absolute = 0;
    double squared = 0;
    double predicted = 0;
    double happened = 0;
    double deviance = 0;
    for (int row = 0; row < weights.length; row++) {
      double error = predictions[row] - amounts[row];
      all += weights[row];
      absolute += weights[row] * Math.abs(error);
      squared += weights[row] * error * error;
      predicted += weights[row] * predictions[row];
      happened += weights[row] * amounts[row];
      deviance += weights[row] * deviances[row];
    }
    put(figures, ValueFigure.DEVIANCE, deviance / all);
    put(figures, ValueFigure.MAE, absolute / all);
    put(figures, ValueFigure.RMSE, Math.sqrt(squared / all));
    put(figures, ValueFigure.SUM_RATIO, happened == 0 ? Double.NaN : predicted / happened);
    rank(byPrediction, weights, all, predictionRanks);
    rank(byAmount, weights, all, amountRanks);
    put(figures, ValueFigure.SPEARMAN, correlation(weights, all));
    double best = weighted(weights, amountRanks);
    put(
        figures,
        ValueFigure.NORMALISED_GINI,
        best == 0 ? Double.NaN : weighted(weights, predictionRanks) / best);
    for (int i = 0; i < ordered.length; i++) {
      ordered[i] = weights[byPrediction.rows[i]];
    }
    deciles.writeMeans(ordered, orderedAmounts, figures, FIGURES);
  }

  /** Ranks about their mean, so that they sum to 0: half of what is below less what is above. */
  private static void rank(Order order, double[] weights, double all, double[] ranks) {
    double above = 0;
    double tie = 0;
    int first = 0;
    for (int i = 0; i < ranks.length; i++) {
      tie += weights[order.rows[i]];
      if (order.endsTie[i]) {
        double rank = (all - tie) / 2 - above;
        for (; first <= i; first++) {
          ranks[order.rows[first]] = rank;
        }
        above += tie;
        tie = 0;
      }
    }
  }

  /**
   * Amounts weighted by their ranks. Up to a factor that is the same for every order this is the
   * Gini coefficient of the amounts in that order.
   */
  private double weighted(double[] weights, double[] ranks) {
    double sum = 0;
    for (int row = 0; row < weights.length; row++) {
      sum += weights[row] * gains[row] * ranks[row];
    }
    return sum;
  }

  private double correlation(double[] weights, double all) {
    double predictionVariance = 0;
    double amountVariance = 0;
    double covariance = 0;
    for (int row = 0; row < weights.length; row++) {
      predictionVariance += weights[row] * predictionRanks[row] * predictionRanks[row];
      amountVariance += weights[row] * amountRanks[row] * amountRanks[row];
      covariance += weights[row] * predictionRanks[row] * amountRanks[row];
    }
    return all > 0 && predictionVariance > 0 && amountVariance > 0
        ? covariance / Math.sqrt(predictionVariance * amountVariance)
        : Double.NaN;
  }

  private static void put(double[] figures, ValueFigure figure, double value) {
    figures[figure.place()] = value;
  }
}
