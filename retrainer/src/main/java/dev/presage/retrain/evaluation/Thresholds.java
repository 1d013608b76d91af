package dev.presage.retrain.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** All thresholds of some rows: one a distinct score. Immutable. */
public final class Thresholds {
  /** Sums of weights that should be equal differ by rounding. */
  private static final double ROUNDING = 1e-12;

  /** Highest scores first. */
  private final List<Threshold> thresholds;

  private Thresholds(List<Threshold> thresholds) {
    this.thresholds = List.copyOf(thresholds);
  }

  /**
   * The thresholds of rows.
   *
   * @param scores probabilities in [0, 1]
   * @param positive what happened, row by row
   * @param weights what each row counts; not negative
   * @throws IllegalArgumentException when the lengths differ, a score is not in [0, 1], or a weight
   *     is negative or not finite
   */
  public static Thresholds of(double[] scores, boolean[] positive, double[] weights) {
    ScoredRows rows = new ScoredRows(scores, positive, weights);
    Order order = Order.highestFirst(scores);
    double all = 0;
    double positives = 0;
    for (int row = 0; row < scores.length; row++) {
      all += weights[row];
      positives += rows.positive[row] ? weights[row] : 0;
    }
    List<Threshold> thresholds = new ArrayList<>();
    double selected = 0;
    double found = 0;
    for (int i = 0; i < order.size(); i++) {
      int row = order.rows[i];
      selected += weights[row];
      found += positive[row] ? weights[row] : 0;
      if (order.endsTie[i] && selected > 0) {
        thresholds.add(
            new Threshold(scores[row], selected / all, found / selected, found / positives));
      }
    }
    return new Thresholds(thresholds);
  }

  /** All of them, highest scores first. */
  public List<Threshold> all() {
    return thresholds;
  }

  /**
   * The best one for a goal. Of equally good ones it is that of the highest score.
   *
   * @return nothing where none reaches the goal
   */
  public Optional<Threshold> best(ThresholdGoal goal) {
    return switch (goal) {
      case ThresholdGoal.MostF1 it ->
          best(threshold -> threshold.f1() > 0, Comparator.comparingDouble(Threshold::f1));
      case ThresholdGoal.PrecisionAtLeast it ->
          best(
              threshold -> threshold.precision() >= it.precision() - ROUNDING,
              Comparator.comparingDouble(Threshold::recall));
      case ThresholdGoal.RecallAtLeast it ->
          best(
              threshold -> threshold.recall() >= it.recall() - ROUNDING,
              Comparator.comparingDouble(Threshold::precision));
      case ThresholdGoal.TopShare it ->
          best(
              threshold -> threshold.share() <= it.share() + ROUNDING,
              Comparator.comparingDouble(Threshold::share));
    };
  }

  private Optional<Threshold> best(Predicate<Threshold> reaches, Comparator<Threshold> better) {
    return thresholds.stream()
        .filter(reaches)
        .reduce((best, next) -> better.compare(next, best) > 0 ? next : best);
  }
}
