package dev.presage.local.retrainer;

import java.util.Map;

/** Figures of models, for people. */
final class FigureNames {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("auc", "ROC AUC"),
          Map.entry("prAuc", "PR AUC"),
          Map.entry("logLoss", "log loss"),
          Map.entry("normalisedCrossEntropy", "normalised cross-entropy"),
          Map.entry("brier", "Brier"),
          Map.entry("calibrationSlope", "calibration slope"),
          Map.entry("calibrationIntercept", "calibration intercept"),
          Map.entry("liftTop1", "lift, top 1%"),
          Map.entry("liftTop5", "lift, top 5%"),
          Map.entry("liftTop10", "lift, top 10%"),
          Map.entry("liftTop20", "lift, top 20%"),
          Map.entry("deviance", "Tweedie deviance"),
          Map.entry("normalisedGini", "normalised Gini"),
          Map.entry("spearman", "rank correlation"),
          Map.entry("mae", "mean absolute error"),
          Map.entry("rmse", "root mean squared error"),
          Map.entry("sumRatio", "sum foretold / sum that came"));

  private FigureNames() {}

  /** The name of a figure; the key itself where it has no other. */
  static String of(String key) {
    return NAMES.getOrDefault(key, key);
  }
}
