package dev.presage.retrain.evaluation;

import java.util.List;

/**
 * The figures of likelihoods. Scores are sorted once; then all figures take two passes over the
 * rows, whatever the weights. After the figures of {@link LikelihoodFigure} come the shares of
 * positives by decile.
 */
final class LikelihoodMeasure implements Measure {
  private static final double CLIP = 1e-15;
  private static final int FIGURES = LikelihoodFigure.values().length;
  private static final double[] TOP_SHARES = {0.01, 0.05, 0.1, 0.2};

  private final ScoredRows rows;
  private final Order order;
  private final Deciles deciles;
  private final Recalibration recalibration;

  // All of these are in the order of the scores.
  private final double[] positive;
  private final double[] losses;
  private final double[] squaredErrors;
  private final double[] ordered;

  LikelihoodMeasure(ScoredRows rows) {
    this.rows = rows;
    this.order = Order.highestFirst(rows.scores);
    this.deciles = new Deciles(order, rows.weights);
    int size = order.size();
    this.positive = new double[size];
    this.losses = new double[size];
    this.squaredErrors = new double[size];
    this.ordered = new double[size];
    double[] logits = new double[size];
    for (int i = 0; i < size; i++) {
      int row = order.rows[i];
      double score = Math.clamp(rows.scores[row], CLIP, 1 - CLIP);
      double outcome = rows.positive[row] ? 1 : 0;
      double error = rows.scores[row] - outcome;
      positive[i] = outcome;
      losses[i] = rows.positive[row] ? -Math.log(score) : -Math.log1p(-score);
      squaredErrors[i] = error * error;
      logits[i] = Math.log(score) - Math.log1p(-score);
    }
    putInOrder(rows.weights);
    this.recalibration = new Recalibration(logits, positive, ordered);
  }

  @Override
  public int figures() {
    return FIGURES + Deciles.COUNT;
  }

  List<CalibrationDecile> calibration(ResampledFigures figures) {
    return deciles.list(rows.scores, rows.weights, figures, FIGURES);
  }

  @Override
  public void write(double[] weights, double[] figures) {
    putInOrder(weights);
    double all = 0;
    double positives = 0;
    double loss = 0;
    double error = 0;
    for (int i = 0; i < ordered.length; i++) {
      all += ordered[i];
      positives += ordered[i] * positive[i];
      loss += ordered[i] * losses[i];
      error += ordered[i] * squaredErrors[i];
    }
    put(figures, LikelihoodFigure.LOG_LOSS, loss / all);
    put(
        figures,
        LikelihoodFigure.NORMALISED_CROSS_ENTROPY,
        positives > 0 && positives < all ? loss / all / entropy(positives / all) : Double.NaN);
    put(figures, LikelihoodFigure.BRIER, error / all);
    writeRanking(all, positives, figures);
    recalibration.write(ordered, figures, LikelihoodFigure.CALIBRATION_SLOPE.place());
    deciles.writeMeans(ordered, positive, figures, FIGURES);
  }

  private void writeRanking(double all, double positives, double[] figures) {
    double pairs = 0;
    double area = 0;
    double seen = 0;
    double found = 0;
    double tiePositives = 0;
    double tie = 0;
    int top = 0;
    for (int i = 0; i < ordered.length; i++) {
      tie += ordered[i];
      tiePositives += ordered[i] * positive[i];
      if (order.endsTie[i]) {
        pairs += (tie - tiePositives) * (found + tiePositives / 2);
        if (tiePositives > 0) {
          area += tiePositives * ((found + tiePositives) / (seen + tie));
        }
        while (top < TOP_SHARES.length && seen + tie >= TOP_SHARES[top] * all) {
          double size = TOP_SHARES[top] * all;
          // Of rows of equal score that the limit falls among, the share that is inside.
          double inside = found + tiePositives * ((size - seen) / tie);
          figures[LikelihoodFigure.LIFT_TOP_1.place() + top] = inside / size / (positives / all);
          top++;
        }
        seen += tie;
        found += tiePositives;
        tie = 0;
        tiePositives = 0;
      }
    }
    for (; top < TOP_SHARES.length; top++) {
      figures[LikelihoodFigure.LIFT_TOP_1.place() + top] = Double.NaN;
    }
    double negatives = all - positives;
    put(figures, LikelihoodFigure.AUC, pairs / (positives * negatives));
    put(figures, LikelihoodFigure.PR_AUC, positives > 0 ? area / positives : Double.NaN);
  }

  private void putInOrder(double[] weights) {
    for (int i = 0; i < ordered.length; i++) {
      ordered[i] = weights[order.rows[i]];
    }
  }

  private static void put(double[] figures, LikelihoodFigure figure, double value) {
    figures[figure.place()] = value;
  }

  private static double entropy(double rate) {
    return -rate * Math.log(rate) - (1 - rate) * Math.log1p(-rate);
  }
}
