package dev.presage.retrain.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Parameters of a boosted tree ensemble. Everything else is fixed: histograms and one seed, so that
 * the same rows give the same model.
 *
 * @param maxDepth depth of a tree, at least 1
 * @param learningRate shrinkage of each tree, in (0, 1]
 * @param minChildWeight least sum of the second derivatives in a leaf
 * @param subsample share of rows that each tree sees, in (0, 1]
 * @param columnsByTree share of features that each tree sees, in (0, 1]
 * @param l2 weight of the squared leaves in the loss, not negative
 */
public record TreeParameters(
    int maxDepth,
    double learningRate,
    double minChildWeight,
    double subsample,
    double columnsByTree,
    double l2) {
  private static final int SEED = 20;
  private static final List<Integer> DEPTHS = List.of(2, 3, 4, 6);
  private static final List<Double> LEARNING_RATES = List.of(0.05, 0.1);
  private static final List<Double> MIN_CHILD_WEIGHTS = List.of(5.0, 20.0, 50.0);
  private static final List<Double> SUBSAMPLES = List.of(0.5, 0.7, 0.9);
  private static final List<Double> L2S = List.of(1.0, 5.0, 20.0);

  /** Three that do well nearly everywhere, and with which every search begins. */
  private static final List<TreeParameters> PROVEN =
      List.of(
          new TreeParameters(2, 0.05, 20, 0.7, 0.7, 1),
          new TreeParameters(3, 0.05, 20, 0.7, 0.7, 1),
          new TreeParameters(4, 0.05, 20, 0.7, 0.7, 1));

  /** So many different sets: the proven ones, then some of the grid by a fixed seed. */
  public static List<TreeParameters> toTry(int count) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<TreeParameters> sets = new ArrayList<>(PROVEN.subList(0, Math.min(count, PROVEN.size())));
    while (sets.size() < count) {
      TreeParameters next =
          new TreeParameters(
              one(DEPTHS, random),
              one(LEARNING_RATES, random),
              one(MIN_CHILD_WEIGHTS, random),
              one(SUBSAMPLES, random),
              0.7,
              one(L2S, random));
      if (!sets.contains(next)) {
        sets.add(next);
      }
    }
    return List.copyOf(sets);
  }

  /** By the names that XGBoost gives them, all fixed ones included but the number of threads. */
  public Map<String, Object> asXgboost(Objective objective) {
    Map<String, Object> all = new LinkedHashMap<>(objective.asXgboost());
    all.put("tree_method", "hist");
    all.put("seed", SEED);
    all.put("verbosity", 1);
    all.put("max_depth", maxDepth);
    all.put("eta", learningRate);
    all.put("min_child_weight", minChildWeight);
    all.put("subsample", subsample);
    all.put("colsample_bytree", columnsByTree);
    all.put("lambda", l2);
    return all;
  }

  private static <T> T one(List<T> values, SplittableRandom random) {
    return values.get(random.nextInt(values.size()));
  }
}
