package dev.presage.retrain.baseline;

import dev.presage.retrain.evaluation.RocAuc;
import dev.presage.retrain.rows.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds the single feature that ranks the training rows best, in either direction. A missing value
 * counts as the feature's smallest or its largest, whichever ranks better: "never" is as far from
 * "just now" as can be, but on which side depends on the feature.
 */
public final class BaselineFit {
  private BaselineFit() {}

  /**
   * Fits the baseline to some of the features; of those that rank equally the first one is taken.
   *
   * @param scale what it is scaled to, and by what it is chosen
   * @param features names of all, in the order of the vector
   * @param eligible places in the vector of those that may be taken
   * @param rows training rows, more than one outcome or amount among them
   * @return nothing where none of them tells rows apart
   */
  public static Optional<SingleFeature> fit(
      Scale scale, List<String> features, List<Integer> eligible, Rows rows) {
    Ranked best =
        best(eligible.size(), at -> rows.column(eligible.get(at)), scale.ranking().on(rows));
    if (best == null) {
      return Optional.empty();
    }
    int place = eligible.get(best.feature);
    Scale.Line line = scale.fit(best.values, rows);
    return Optional.of(
        new SingleFeature(
            scale, features.get(place), place, line.intercept(), line.slope(), best.missing));
  }

  /**
   * Finds the feature without scaling it.
   *
   * @param features names, in the order of the vector
   * @param column all rows' values of the feature at an index of it
   * @param positive outcomes, row by row
   * @return nothing where no feature tells rows apart
   */
  public static Optional<RankedFeature> best(
      List<String> features, IntFunction<double[]> column, boolean[] positive) {
    return best(features, column, values -> RocAuc.of(values, positive));
  }

  /**
   * Finds the feature without scaling it.
   *
   * @param features names, in the order of the vector
   * @param column all rows' values of the feature at an index of it
   * @param ranking says of a number for each row how well they rank, as {@link Ranking#on} does
   * @return nothing where no feature tells rows apart
   */
  public static Optional<RankedFeature> best(
      List<String> features, IntFunction<double[]> column, ToDoubleFunction<double[]> ranking) {
    return Optional.ofNullable(best(features.size(), column, ranking))
        .map(it -> new RankedFeature(features.get(it.feature), it.feature, 0.5 + it.separation));
  }

  private static @Nullable Ranked best(
      int features, IntFunction<double[]> column, ToDoubleFunction<double[]> ranking) {
    Ranked best = null;
    for (int feature = 0; feature < features; feature++) {
      Ranked ranked = rank(feature, column.apply(feature), ranking);
      if (ranked != null && (best == null || ranked.separation > best.separation)) {
        best = ranked;
      }
    }
    return best;
  }

  private static @Nullable Ranked rank(
      int feature, double[] column, ToDoubleFunction<double[]> ranking) {
    double[] present = Arrays.stream(column).filter(it -> !Double.isNaN(it)).toArray();
    if (present.length == 0) {
      return null;
    }
    double least = Arrays.stream(present).min().orElseThrow();
    double most = Arrays.stream(present).max().orElseThrow();
    Ranked low = Ranked.of(feature, column, least, ranking);
    if (present.length == column.length) {
      return low.separation > 0 ? low : null;
    }
    Ranked high = Ranked.of(feature, column, most, ranking);
    Ranked better = high.separation > low.separation ? high : low;
    return better.separation > 0 ? better : null;
  }

  private static final class Ranked {
    final int feature;
    final double[] values;
    final double missing;

    /** Distance of the ranking from one half, in [0, 0.5]. */
    final double separation;

    private Ranked(int feature, double[] values, double missing, double separation) {
      this.feature = feature;
      this.values = values;
      this.missing = missing;
      this.separation = separation;
    }

    static Ranked of(
        int feature, double[] column, double missing, ToDoubleFunction<double[]> ranking) {
      double[] values = Arrays.stream(column).map(it -> Double.isNaN(it) ? missing : it).toArray();
      double separation = Math.abs(ranking.applyAsDouble(values) - 0.5);
      return new Ranked(feature, values, missing, separation);
    }
  }
}
