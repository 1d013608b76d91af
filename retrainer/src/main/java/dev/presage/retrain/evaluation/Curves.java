package dev.presage.retrain.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * The curves of a predictor, at most some 200 points each, from the highest threshold to the
 * lowest. Of likelihoods there are the first three, unless all rows are positive or none is; of
 * amounts there is the last, unless none is above 0.
 *
 * @param roc share of the negatives (x) and of the positives (y) that are selected, from (0, 0) to
 *     (1, 1)
 * @param precisionRecall recall (x) and precision (y)
 * @param lift share of all rows that are selected (x), from 1% on, and their share of positives
 *     divided by that of all (y)
 * @param gain share of all rows that are selected (x), and their share of the sum of the amounts
 *     (y), from (0, 0) to (1, 1)
 */
public record Curves(
    List<Point> roc, List<Point> precisionRecall, List<Point> lift, List<Point> gain) {
  private static final Curves NONE = new Curves(List.of(), List.of(), List.of(), List.of());
  private static final double STEP = 0.005;
  private static final double LEAST_SHARE = 0.01;

  public Curves {
    roc = List.copyOf(roc);
    precisionRecall = List.copyOf(precisionRecall);
    lift = List.copyOf(lift);
    gain = List.copyOf(gain);
  }

  /**
   * The curves of scores.
   *
   * @param scores probabilities in [0, 1]
   * @param positive what happened, row by row
   * @param weights what each row counts; not negative
   * @throws IllegalArgumentException as {@link Thresholds#of}
   */
  public static Curves of(double[] scores, boolean[] positive, double[] weights) {
    List<Threshold> thresholds = Thresholds.of(scores, positive, weights).all();
    double rate = thresholds.isEmpty() ? 0 : thresholds.getLast().precision();
    if (!(rate > 0 && rate < 1)) {
      return NONE;
    }
    List<Point> roc = new ArrayList<>();
    List<Point> precisionRecall = new ArrayList<>();
    List<Point> lift = new ArrayList<>();
    roc.add(new Point(0, 0));
    double next = 0;
    for (Threshold it : thresholds) {
      boolean isLast = it.equals(thresholds.getLast());
      if (it.share() >= next || isLast) {
        roc.add(new Point(it.share() * (1 - it.precision()) / (1 - rate), it.recall()));
        precisionRecall.add(new Point(it.recall(), it.precision()));
        if (it.share() >= LEAST_SHARE) {
          lift.add(new Point(it.share(), it.precision() / rate));
        }
        next = it.share() + STEP;
      }
    }
    return new Curves(roc, precisionRecall, lift, List.of());
  }

  /**
   * The curve of predicted amounts.
   *
   * @param predictions any numbers but NaN
   * @param amounts what they came to, row by row; one below 0 counts as 0
   * @param weights what each row counts; not negative
   */
  public static Curves ofAmounts(double[] predictions, double[] amounts, double[] weights) {
    double all = 0;
    double sum = 0;
    for (int row = 0; row < amounts.length; row++) {
      all += weights[row];
      sum += weights[row] * Math.max(0, amounts[row]);
    }
    if (!(sum > 0)) {
      return NONE;
    }
    Order order = Order.highestFirst(predictions);
    List<Point> gain = new ArrayList<>();
    gain.add(new Point(0, 0));
    double selected = 0;
    double gained = 0;
    double next = STEP;
    for (int i = 0; i < order.size(); i++) {
      int row = order.rows[i];
      selected += weights[row];
      gained += weights[row] * Math.max(0, amounts[row]);
      boolean isLast = i + 1 == order.size();
      if (isLast || (order.endsTie[i] && selected / all >= next)) {
        gain.add(new Point(selected / all, gained / sum));
        next = selected / all + STEP;
      }
    }
    return new Curves(List.of(), List.of(), List.of(), gain);
  }
}
