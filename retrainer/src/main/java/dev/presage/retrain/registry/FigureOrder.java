package dev.presage.retrain.registry;

import java.util.Comparator;
import java.util.List;

/** The order in which figures of an artefact's metrics are shown. */
public final class FigureOrder {
  private static final List<String> FIRST =
      List.of(
          "rows",
          "positives",
          "auc",
          "prAuc",
          "logLoss",
          "normalisedCrossEntropy",
          "brier",
          "calibrationSlope",
          "calibrationIntercept",
          "liftTop1",
          "liftTop5",
          "liftTop10",
          "liftTop20",
          "mae",
          "rmse",
          "normalisedGini",
          "spearman",
          "sumRatio");

  /** Orders the names of figures: the usual ones as they are read, others after them by name. */
  public static final Comparator<String> OF_NAMES =
      Comparator.comparingInt(FigureOrder::place).thenComparing(Comparator.naturalOrder());

  private FigureOrder() {}

  private static int place(String name) {
    int place = FIRST.indexOf(name);
    return place < 0 ? FIRST.size() : place;
  }
}
