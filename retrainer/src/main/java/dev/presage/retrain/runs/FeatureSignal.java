package dev.presage.retrain.runs;

import dev.presage.retrain.baseline.BaselineFit;
import dev.presage.retrain.rows.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A feature that tells rows apart by itself.
 *
 * @param feature its name
 * @param auc area under the receiver operating characteristic of it alone, in the better direction
 * @param isSuspect whether that is too good to be true, so that it may know the future
 */
public record FeatureSignal(String feature, double auc, boolean isSuspect) {
  /** By itself, no feature of what was before is that good. */
  static final double SUSPECT_AUC = 0.98;

  private static final double STANDARD_ERRORS = 3;

  /**
   * The features whose area differs from one half by more than three standard errors of Mann and
   * Whitney's statistic, the best first. Rows of one profile resemble each other, so that a feature
   * without a signal may be among them; one with a signal worth having is. Of amounts that are
   * above 0 in all rows the larger half is told from the smaller.
   */
  static List<FeatureSignal> of(List<String> features, Rows rows) {
    boolean[] outcomes = outcomes(rows);
    double positives = 0;
    for (boolean outcome : outcomes) {
      positives += outcome ? 1 : 0;
    }
    double negatives = outcomes.length - positives;
    if (positives == 0 || negatives == 0) {
      return List.of();
    }
    double error = Math.sqrt((positives + negatives + 1) / (12 * positives * negatives));
    List<FeatureSignal> signals = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      int feature = i;
      BaselineFit.best(List.of(features.get(i)), it -> rows.column(feature), outcomes)
          .filter(it -> it.auc() - 0.5 > STANDARD_ERRORS * error)
          .map(it -> new FeatureSignal(it.name(), it.auc(), it.auc() >= SUSPECT_AUC))
          .ifPresent(signals::add);
    }
    signals.sort(Comparator.comparingDouble(FeatureSignal::auc).reversed());
    return List.copyOf(signals);
  }

  private static boolean[] outcomes(Rows rows) {
    boolean[] outcomes = rows.outcomes();
    if (rows.negatives() == 0 && rows.size() > 0) {
      double[] sorted = rows.labels();
      Arrays.sort(sorted);
      double median = sorted[sorted.length / 2];
      for (int row = 0; row < outcomes.length; row++) {
        outcomes[row] = rows.label(row) > median;
      }
    }
    return outcomes;
  }
}
