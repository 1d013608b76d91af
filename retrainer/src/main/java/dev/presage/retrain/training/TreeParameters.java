package dev.presage.retrain.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parameters of a boosted tree ensemble. Everything else is fixed: histograms, logistic loss, one
 * seed and one thread, so that the same rows give the same model. With more threads the library
 * spins at its barriers: on two busy cores the same training was seen to take ten times as long.
 *
 * @param maxDepth depth of a tree, at least 1
 * @param learningRate shrinkage of each tree, in (0, 1]
 * @param minChildWeight least sum of the second derivatives in a leaf
 * @param subsample share of rows that each tree sees, in (0, 1]
 * @param columnsByTree share of features that each tree sees, in (0, 1]
 */
public record TreeParameters(
    int maxDepth,
    double learningRate,
    double minChildWeight,
    double subsample,
    double columnsByTree) {

  /** The few sets that are tried. */
  public static final List<TreeParameters> CANDIDATES =
      List.of(
          new TreeParameters(2, 0.05, 20, 0.7, 0.7),
          new TreeParameters(3, 0.05, 20, 0.7, 0.7),
          new TreeParameters(4, 0.05, 20, 0.7, 0.7));

  /** By the names that XGBoost gives them, all fixed ones included. */
  public Map<String, Object> asXgboost() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("objective", "binary:logistic");
    all.put("tree_method", "hist");
    all.put("seed", 20);
    all.put("nthread", 1);
    all.put("verbosity", 1);
    all.put("max_depth", maxDepth);
    all.put("eta", learningRate);
    all.put("min_child_weight", minChildWeight);
    all.put("subsample", subsample);
    all.put("colsample_bytree", columnsByTree);
    return all;
  }
}
